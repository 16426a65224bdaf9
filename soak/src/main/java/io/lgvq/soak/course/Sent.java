package io.lgvq.soak.course;

/**
 * How much of a course was sent.
 *
 * @param images how many image records: those numbered 0 .. images - 1
 * @param questions how many questions: those numbered 0 .. questions - 1
 */
public record Sent(int images, int questions) {}
