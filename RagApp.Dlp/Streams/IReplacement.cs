namespace RagApp.Dlp.Streams;

/// <summary>Decides what stands in the place of what a detector found.</summary>
public interface IReplacement
{
    /// <summary>The detectors whose findings are replaced.</summary>
    IReadOnlyList<IDetector> Detectors { get; }

    /// <summary>Orders overlapping findings: the one with the highest rank decides about all of them.</summary>
    int RankOf(string detector);

    /// <param name="detector">Name of the detector.</param>
    /// <param name="found">The text that it found, folded as <see cref="Text.ScannedText"/> describes.</param>
    /// <returns>The text in its place; null to leave it as it is.</returns>
    string? Replace(string detector, ReadOnlySpan<char> found);
}
