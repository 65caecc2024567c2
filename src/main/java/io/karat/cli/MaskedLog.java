package io.karat.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.impl.DefaultLogEventFactory;
import org.apache.logging.log4j.core.impl.LogEventFactory;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Log of this process, of Spark's classes and of Karat's, in which no value of a variable stands,
 * whichever file or console it goes to.
 */
final class MaskedLog implements LogEventFactory {
  private static final int MOST_CAUSES = 50;

  private final Secrets secrets;

  private MaskedLog(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Hides values in all that is logged from now on. */
  static void hide(Secrets secrets) {
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      hide(secrets, context);
    }
  }

  static void hide(Secrets secrets, LoggerContext context) {
    MaskedLog masked = new MaskedLog(secrets);
    for (LoggerConfig logger : context.getConfiguration().getLoggers().values()) {
      logger.setLogEventFactory(masked);
    }
  }

  @Override
  public LogEvent createEvent(
      String logger,
      Marker marker,
      String caller,
      Level level,
      Message message,
      List<Property> properties,
      Throwable failure) {
    return DefaultLogEventFactory.getInstance()
        .createEvent(
            logger,
            marker,
            caller,
            level,
            masked(message),
            properties,
            failure == null ? null : masked(failure));
  }

  private Message masked(Message message) {
    String text = message.getFormattedMessage();
    String shown = secrets.masked(text);
    return shown.equals(text) ? message : new SimpleMessage(shown);
  }

  /** The failure itself, unless it or one of its causes names a value. */
  private Throwable masked(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return secrets.masked(trace.toString()).equals(trace.toString())
        ? failure
        : new MaskedFailure(failure, secrets, MOST_CAUSES);
  }

  /** Copy of a failure and its causes that hides values. */
  private static final class MaskedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    MaskedFailure(Throwable failure, Secrets secrets, int causes) {
      super(
          secrets.masked(failure.toString()),
          failure.getCause() == null || causes == 0
              ? null
              : new MaskedFailure(failure.getCause(), secrets, causes - 1));
      setStackTrace(failure.getStackTrace());
    }
  }
}
