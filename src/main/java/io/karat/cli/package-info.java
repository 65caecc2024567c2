/**
 * The command line: its commands and their output; the only package that catches, prints and exits.
 *
 * <p>To add a command:
 *
 * <ol>
 *   <li>Write a class that implements {@link io.karat.cli.Command} and carries picocli's
 *       {@code @Command(name, description, footer)}; the footer is an example, {@code
 *       Command.EXAMPLE} and then the line to type. {@link io.karat.cli.VersionCommand} is one.
 *   <li>Declare its options as fields with {@code @Option}: a required one without a value, one
 *       that may be absent as an {@code Optional}. A day is a text for {@link io.karat.run.AsOf}.
 *       {@code --set}, {@code --verbose} and {@code --help} exist already and are passed as {@link
 *       io.karat.cli.GlobalOptions}.
 *   <li>Add it to {@link io.karat.cli.Karat#commands()}.
 *   <li>If it touches neither data nor file systems, add its name to {@code needs_spark} in {@code
 *       scripts/karat}, so that it starts faster.
 * </ol>
 *
 * <p>A command prints results with {@link io.karat.cli.Console#print} and {@link
 * io.karat.cli.ConsoleTable}, reports progress with {@link io.karat.cli.Console#progress}, opens
 * Spark with {@link io.karat.cli.CommandSession#open}, and throws: nothing is caught below {@link
 * io.karat.cli.Main}.
 */
package io.karat.cli;
