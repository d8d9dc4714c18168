using System.Buffers;

namespace RagApp.Dlp.Detectors;

/// <summary>The form of the tokens of one issuer.</summary>
/// <param name="Prefix">The prefix of the token, or the name of a setting before it.</param>
/// <param name="Alphabet">The characters allowed after the prefix.</param>
/// <param name="Shortest">Smallest number of characters after the prefix.</param>
/// <param name="Longest">Largest number of characters after the prefix.</param>
internal sealed record TokenRule(string Prefix, SearchValues<char> Alphabet, int Shortest, int Longest)
{
    /// <summary>Smallest entropy of a token in bits per character; placeholders such as <c>xxxxxxxx</c> and <c>YOUR-KEY-HERE</c> have less.</summary>
    public double MinEntropy { get; init; } = 3.0;

    /// <summary>Returns true when the characters after the prefix can be a token, by a checksum or a fixed part.</summary>
    public Func<ReadOnlySpan<char>, bool> IsValid { get; init; } = static _ => true;

    /// <summary>True when the prefix is the name of a setting: only the value after it is reported.</summary>
    public bool PrefixIsLabel { get; init; }
}
