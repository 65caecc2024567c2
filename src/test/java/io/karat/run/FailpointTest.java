package io.karat.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailpointTest {
  @AfterEach
  void unset() {
    System.clearProperty(Failpoint.PROPERTY);
  }

  @Test
  void doesNothingWhereItIsNotChosen() {
    assertDoesNotThrow(() -> Failpoint.reach("BEFORE_COMMIT"));
    System.setProperty(Failpoint.PROPERTY, "BEFORE_COMMIT:halt");
    assertDoesNotThrow(() -> Failpoint.reach("BEFORE"));
    assertDoesNotThrow(() -> Failpoint.reach("AFTER_COMMIT"));
  }

  @Test
  void throwsOrWaitsWhereItIsChosen() {
    System.setProperty(Failpoint.PROPERTY, "STAGE_INDICATORS");
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> Failpoint.reach("STAGE_INDICATORS"));
    assertEquals("Failpoint STAGE_INDICATORS is reached", error.getMessage());

    System.setProperty(Failpoint.PROPERTY, "STAGE_INDICATORS:sleep=1");
    assertDoesNotThrow(() -> Failpoint.reach("STAGE_INDICATORS"));
  }

  @Test
  void refusesAnActionItDoesNotKnow() {
    System.setProperty(Failpoint.PROPERTY, "STAGE_INDICATORS:pause");
    UsageException error =
        assertThrows(UsageException.class, () -> Failpoint.reach("STAGE_INDICATORS"));
    assertEquals(
        "karat.failpoint has action 'pause': expected throw, halt or sleep=MILLISECONDS.",
        error.getMessage());
  }
}
