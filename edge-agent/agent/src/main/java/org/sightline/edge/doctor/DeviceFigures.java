package org.sightline.edge.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one device made of generated frames, one after the other: each searched in full, and one
 * template made of it. No camera is read and nothing decoded.
 *
 * @param device that was asked for, as in settings
 * @param ranOn what networks ran on in the end, as in settings; null for an engine without networks
 * @param threads of one network run on the CPU
 * @param frames that were measured
 * @param framesPerSecond of them
 * @param medianMillis of one frame
 * @param p95Millis that 95 of 100 frames took at most
 * @param memoryMib by which the program grew in the memory of the machine, not of a GPU, from
 *     before its networks were loaded; null where the system does not say
 */
public record DeviceFigures(
    String device,
    @Nullable String ranOn,
    int threads,
    int frames,
    double framesPerSecond,
    double medianMillis,
    double p95Millis,
    @Nullable Long memoryMib) {}
