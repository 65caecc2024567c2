package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.NullNode;
import io.karat.run.Failpoint;
import io.karat.testing.JavaOptions;
import io.karat.testing.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Process that runs the toy job and can be killed. */
final class ToyProcess {
  private ToyProcess() {}

  /**
   * Publishes run b; {@code accept} accepts the latest model, {@code race} appends commits against
   * another process instead.
   */
  public static void main(String[] arguments) throws IOException {
    String location = arguments[0];
    if (arguments[1].equals("race")) {
      race(location, arguments[2], Integer.parseInt(arguments[3]));
    } else if (arguments[1].equals("accept")) {
      ToyJob.at(location, () -> ToyJob.NOON).accept("latest");
    } else {
      ToyJob.at(location, () -> ToyJob.NOON).run("b", "2026-03-02");
    }
  }

  private static void race(String location, String name, int last) throws IOException {
    Commits commits = new Commits(Storage.of(location, S3Server.reachedBy(new Configuration())));
    System.out.println("ready");
    if (System.in.read() < 0) {
      return;
    }

    int won = 0;
    for (Commit head = commits.head(); head.number() < last; head = commits.head()) {
      Commit next = head.after(Commit.Action.PUBLISH, run(name, head.number()), true, ToyJob.NOON);
      List<Commit.Entry> log = head.isNone() ? List.of() : commits.log(head).entries();
      won += commits.append(next.keeping(next.releases(), next.nights(), log)) ? 1 : 0;
    }
    System.out.println(won);
  }

  private static StagedRun run(String name, long start) {
    return new StagedRun(
        ControlFileJson.FORMAT,
        name,
        LocalDate.parse("2026-03-02"),
        "1-00000000",
        "releases/%s/1-00000000".formatted(name),
        start,
        false,
        new TreeMap<>(),
        new TreeMap<>(),
        new Commit.Night(name, List.of(), new Release.Table(0, Optional.empty())),
        new TreeMap<>(),
        NullNode.getInstance());
  }

  static Process start(String failpoint, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("-D%s=%s".formatted(Failpoint.PROPERTY, failpoint));
    Optional.ofNullable(System.getProperty(S3Server.PROPERTY))
        .ifPresent(address -> command.add("-D%s=%s".formatted(S3Server.PROPERTY, address)));
    command.add(ToyProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }
}
