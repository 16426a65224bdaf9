package io.lgvq.app.results;

/**
 * A dead letter, as far as a user who asks for a result needs to know.
 *
 * @param stage the stage that refused the record
 * @param reason one of the documented reasons, for instance {@code image-corrupt}
 * @param detail a sentence for people, possibly empty
 */
public record Refusal(String stage, String reason, String detail) {}
