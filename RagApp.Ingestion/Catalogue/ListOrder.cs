using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// The sort order of a list, and the encoding of its page tokens. A token grants no access: it only says where the next page
/// begins.
/// </summary>
/// <param name="Column">The column of the catalogue: <c>path</c>, <c>date</c> or <c>size</c>.</param>
internal sealed record ListOrder(string Column, bool Descending)
{
    private const int IdLength = 32;
    private const int LongestPlace = 8_192;
    private const string NoPlace = "'after' is no place in this list: pass 'next' of the page before, under the same 'sort' and 'order', or leave it out.";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ProblemException">400: the sort column or direction is unknown.</exception>
    public static ListOrder Read(string? sort, string? order) => new(
        sort switch
        {
            null or DocumentListFilter.ByName => "path",
            DocumentListFilter.ByDate => "date",
            DocumentListFilter.BySize => "size",
            _ => throw ProblemException.BadRequest($"'sort' is '{DocumentListFilter.ByName}', '{DocumentListFilter.ByDate}' or '{DocumentListFilter.BySize}'."),
        },
        order switch
        {
            null or DocumentListFilter.Ascending => false,
            DocumentListFilter.Descending => true,
            _ => throw ProblemException.BadRequest($"'order' is '{DocumentListFilter.Ascending}' or '{DocumentListFilter.Descending}'."),
        });

    public string Write(string key, string id) => Base64Url.EncodeToString(StrictUtf8.GetBytes($"{Mark}{id}{key}"));

    /// <exception cref="ProblemException">400: the page token is not one of this sort order.</exception>
    public (object Key, string Id) Read(string place)
    {
        var text = Decode(place);
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Length < Mark.Length + IdLength)
            throw ProblemException.BadRequest(NoPlace);
        var id = text.Substring(Mark.Length, IdLength);
        var key = text[(Mark.Length + IdLength)..];
        if (Column == "path")
            return (key, id);
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, id) : throw ProblemException.BadRequest(NoPlace);
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
}
