using System.Buffers;

namespace RagApp.Dlp.Detectors;

/// <summary>What the tokens of one issuer look like.</summary>
/// <param name="Prefix">What they begin with, or what stands before them.</param>
/// <param name="Alphabet">What follows it.</param>
/// <param name="Shortest">Fewest characters after the prefix.</param>
/// <param name="Longest">Most characters after the prefix.</param>
internal sealed record TokenRule(string Prefix, SearchValues<char> Alphabet, int Shortest, int Longest)
{
    /// <summary>Bits per character below which it is a placeholder: <c>xxxxxxxx</c>, <c>YOUR-KEY-HERE</c>.</summary>
    public double MinEntropy { get; init; } = 3.0;

    /// <summary>Whether the characters after the prefix can be a token: a checksum, a fixed part.</summary>
    public Func<ReadOnlySpan<char>, bool> IsValid { get; init; } = static _ => true;

    /// <summary>The prefix is the name of a setting: it stays, the value behind it goes.</summary>
    public bool PrefixIsLabel { get; init; }
}
