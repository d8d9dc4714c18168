namespace RagApp.Dlp.Text;

/// <summary>The Shannon entropy of a text.</summary>
internal static class Entropy
{
    /// <summary>The entropy in bits per character; all non-ASCII characters count as one and the same.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[129];
        counts.Clear();
        foreach (var c in text)
            counts[Math.Min((int)c, 128)]++;
        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                entropy -= (double)count / text.Length * Math.Log2((double)count / text.Length);
        }
        return entropy;
    }
}
