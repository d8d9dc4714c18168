namespace RagApp.Models.Pool;

/// <summary>A hash of texts that is the same in every process, so that replicas choose alike.</summary>
internal static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Number of the bits that a double holds exactly.</summary>
    private const int Bits = 53;

    /// <summary>A number above 0 and at most 1 that is evenly spread over the texts.</summary>
    public static double Fraction(string one, string two, string three = "")
    {
        var hash = Add(Add(Add(FnvOffset, one), two), three);
        // The last step of the hash mixes its low bits only; this spreads them.
        hash ^= hash >> 33;
        hash = unchecked(hash * 0xff51afd7ed558ccd);
        hash ^= hash >> 33;
        return ((hash >> (64 - Bits)) + 1) / (double)(1UL << Bits);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var c in text)
            hash = unchecked((hash ^ c) * FnvPrime);
        return unchecked((hash ^ char.MaxValue) * FnvPrime); // the end of a text counts too
    }
}
