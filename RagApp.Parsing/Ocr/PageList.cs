using System.Globalization;

namespace RagApp.Parsing.Ocr;

/// <summary>Writes page numbers as words: <c>pages 3-7 and 12</c>.</summary>
internal static class PageList
{
    private const int MostRanges = 20;

    /// <param name="pages">Page numbers, at least one, ascending.</param>
    public static string Name(IReadOnlyList<int> pages)
    {
        var ranges = Ranges(pages).Take(MostRanges + 1).ToList();
        var cut = ranges.Count > MostRanges;
        if (cut)
            ranges[^1] = string.Create(CultureInfo.InvariantCulture, $"others ({pages.Count} in all)");
        var names = ranges.Count == 1 ? ranges[0] : $"{string.Join(", ", ranges.SkipLast(1))} and {ranges[^1]}";
        return $"{(pages.Count == 1 ? "page" : "pages")} {names}";
    }

    private static IEnumerable<string> Ranges(IReadOnlyList<int> pages)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            var first = pages[i];
            while (i + 1 < pages.Count && pages[i + 1] == pages[i] + 1)
                i++;
            yield return pages[i] == first ? Number(first) : $"{Number(first)}-{Number(pages[i])}";
        }
    }

    private static string Number(int page) => page.ToString(CultureInfo.InvariantCulture);
}
