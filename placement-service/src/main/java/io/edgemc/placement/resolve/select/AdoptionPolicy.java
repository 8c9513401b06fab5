package io.edgemc.placement.resolve.select;

/** What an edge does with an object that was there before the system sent it (the domain rules, §6), strictest last. */
public enum AdoptionPolicy {
    /** It is taken over whatever it is. */
    Always,
    /** It is taken over if that changes nothing. */
    IfSame,
    /** It is left alone, and told as an exception. */
    Never
}
