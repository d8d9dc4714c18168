namespace RagApp.Dlp.Text;

/// <summary>How unpredictable the characters of a text are.</summary>
internal static class Entropy
{
    /// <summary>Shannon's, in bits per character; ASCII only, other characters count as one.</summary>
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
