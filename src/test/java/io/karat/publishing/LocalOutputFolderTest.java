package io.karat.publishing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the contracts of publishing on this machine's disk. */
class LocalOutputFolderTest
    implements PublishingContract,
        RollbackContract,
        FenceContract,
        LockContract,
        RetentionContract,
        ModelContract,
        AcceptContract,
        KillContract,
        ZombieContract,
        StrangersContract,
        BoundedContract {
  @TempDir private Path folder;
  private ToyJob job;

  @BeforeEach
  void open() throws IOException {
    job = ToyJob.at(location(), () -> ToyJob.NOON);
  }

  @Override
  public String location() {
    return folder.resolve("out").toString();
  }

  @Override
  public ToyJob job() {
    return job;
  }

  @ParameterizedTest
  @EnumSource(PublishingStep.class)
  void losesNothingWhenKilledAnywhere(PublishingStep step) throws Exception {
    killAndRunAgain(step);
  }

  @ParameterizedTest
  @EnumSource(
      value = PublishingStep.class,
      names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void losesNothingWhenKilledWhileAccepting(PublishingStep step) throws Exception {
    killAndAcceptAgain(step);
  }
}
