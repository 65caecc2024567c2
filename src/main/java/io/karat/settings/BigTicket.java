package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;

/**
 * When a customer is a one-off big ticket, which is never in the first class.
 *
 * @param share the least part of lifetime net sales that the two largest transactions make, 0 to 1
 * @param quietDays how many days, up to the as-of day, are without any sale
 */
public record BigTicket(BigDecimal share, int quietDays, Location at) {}
