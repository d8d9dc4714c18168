using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Intake;

namespace RagApp.Ingestion.Catalogue;

/// <summary>What a list is sorted by, and its places as they go out and come back: a place in no way says what may be read, it only skips.</summary>
/// <param name="Column">Of the catalogue: <c>path</c>, <c>date</c> or <c>size</c>.</param>
internal sealed record ListOrder(string Column, bool Descending)
{
    private const int IdLength = 32;
    private const int LongestPlace = 8_192;
    private const string NoPlace = "'after' is no place in this list: pass 'next' of the page before, under the same 'sort' and 'order', or leave it out.";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="IntakeException">400: there is no such order.</exception>
    public static ListOrder Read(string? sort, string? order) => new(
        sort switch
        {
            null or DocumentListFilter.ByName => "path",
            DocumentListFilter.ByDate => "date",
            DocumentListFilter.BySize => "size",
            _ => throw Bad($"'sort' is '{DocumentListFilter.ByName}', '{DocumentListFilter.ByDate}' or '{DocumentListFilter.BySize}'."),
        },
        order switch
        {
            null or DocumentListFilter.Ascending => false,
            DocumentListFilter.Descending => true,
            _ => throw Bad($"'order' is '{DocumentListFilter.Ascending}' or '{DocumentListFilter.Descending}'."),
        });

    public string Write(string key, string id) => Base64Url.EncodeToString(StrictUtf8.GetBytes($"{Mark}{id}{key}"));

    /// <exception cref="IntakeException">400: it is no place of this order.</exception>
    public (object Key, string Id) Read(string place)
    {
        var text = Decode(place);
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Length < Mark.Length + IdLength)
            throw Bad(NoPlace);
        var id = text.Substring(Mark.Length, IdLength);
        var key = text[(Mark.Length + IdLength)..];
        if (Column == "path")
            return (key, id);
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, id) : throw Bad(NoPlace);
    }

    private string Mark => $"{Column}{(Descending ? '-' : '+')}";

    private static string Decode(string place)
    {
        try
        {
            return place.Length <= LongestPlace ? StrictUtf8.GetString(Base64Url.DecodeFromChars(place)) : "";
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return "";
        }
    }

    private static IntakeException Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
