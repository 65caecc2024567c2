package io.karat.night;

import io.karat.groups.GroupMembers;
import io.karat.input.Aliases;
import io.karat.tables.ContentHash;
import java.util.Optional;

/**
 * Aliases that were read, and the account of their rows; empty if they are not configured.
 *
 * @param account empty also if the rows are not counted
 * @param aliases of customers, and of members of groups that count as one customer
 * @param groups those groups; empty unless they do
 */
record AliasRows(
    Optional<InputAccount> account, Optional<Aliases> aliases, Optional<GroupMembers> groups) {

  /** A digest of the aliases; starts a job if there are any. */
  String digest() {
    return aliases.map(all -> ContentHash.of(all.links()).hex()).orElse("");
  }
}
