using UglyToad.PdfPig;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>Reads title, author and dates of a PDF.</summary>
internal static class PdfProperties
{
    /// <summary>Fewest characters of a title; programs write a letter or two.</summary>
    private const int ShortestTitle = 3;

    private static readonly string[] DateFormats = ["yyyyMMddHHmmsszzz", "yyyyMMddHHmmss", "yyyyMMddHHmm", "yyyyMMdd"];

    public static void Write(PdfDocument pdf, BlockWriter output)
    {
        var information = pdf.Information;
        output.SetTitle(information.Title is { Length: >= ShortestTitle } title ? DocumentTitle.Of(title) : null);
        output.SetAuthor(information.Author);
        output.SetDates(Date(information.CreationDate), Date(information.ModifiedDate));
    }

    /// <summary>Parses a date such as <c>D:20240131093000+01'00'</c>; a date without a zone is taken as UTC.</summary>
    private static DateTimeOffset? Date(string? text)
    {
        var plain = (text ?? "").Replace("D:", "", StringComparison.Ordinal).Replace("Z", "+00:00", StringComparison.Ordinal).TrimEnd('\'').Replace('\'', ':');
        if (plain.IndexOf("+00:00", StringComparison.Ordinal) is > 0 and var zone)
            plain = plain[..zone] + "+00:00";
        return DateTimeOffset.TryParseExact(
            plain, DateFormats, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
    }
}
