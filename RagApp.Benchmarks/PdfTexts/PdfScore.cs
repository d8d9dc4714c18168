namespace RagApp.Benchmarks.PdfTexts;

/// <summary>Comparison of the three texts of one PDF.</summary>
internal sealed class PdfScore
{
    public PdfScore(string path, ThreeTexts texts)
    {
        (Path, Texts) = (path, texts);
        var (own, poppler, mupdf) = (TextWords.Of(texts.Own), TextWords.Of(texts.Poppler), TextWords.Of(texts.MuPdf));
        var (ownRuns, popplerRuns, mupdfRuns) = (TextWords.Runs(own), TextWords.Runs(poppler), TextWords.Runs(mupdf));
        WithPoppler = TextWords.Agreement(ownRuns, popplerRuns);
        WithMuPdf = TextWords.Agreement(ownRuns, mupdfRuns);
        OfBoth = TextWords.Agreement(popplerRuns, mupdfRuns);
        var agreed = poppler.Intersect(mupdf, StringComparer.Ordinal).ToList();
        Missing = [.. agreed.Except(own, StringComparer.Ordinal)];
        Words = agreed.Count == 0 ? 1 : 1 - ((double)Missing.Count / agreed.Count);
    }

    public string Path { get; }

    public ThreeTexts Texts { get; }

    /// <summary>Agreement in runs of three words, from 0 to 1.</summary>
    public double WithPoppler { get; }

    /// <inheritdoc cref="WithPoppler"/>
    public double WithMuPdf { get; }

    /// <summary>Agreement of the other two programs with each other, from 0 to 1.</summary>
    public double OfBoth { get; }

    /// <summary>Distance by which the better of the two agreements lies below that of the other two programs; negative when it lies above.</summary>
    public double Below => OfBoth - Math.Max(WithPoppler, WithMuPdf);

    /// <summary>Share of the different words that both other programs read and RagApp reads too.</summary>
    public double Words { get; }

    public IReadOnlyList<string> Missing { get; }
}
