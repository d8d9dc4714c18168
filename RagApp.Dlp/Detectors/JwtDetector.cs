using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds JSON web tokens in compact form (RFC 7519): three parts in base64url, the first of which decodes to a JSON
/// object that names an algorithm. Encrypted tokens (RFC 7516) have five parts.
/// </summary>
internal sealed class JwtDetector : IDetector
{
    private const int LongestHeader = 4 * 1024;
    private const int LongestToken = 64 * 1024;

    /// <summary>The beginning of a JSON object, <c>{"</c>, in base64.</summary>
    private const string Begin = "eyJ";

    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    public string Name => "jwt";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var from = 0; from < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hit = text[from..].IndexOf(Begin, StringComparison.Ordinal);
            if (hit < 0)
                return;
            var at = from + hit;
            var end = at > 0 && TokenCharacters.Contains(text[at - 1]) ? 0 : FindAt(text, at);
            if (end > 0)
                found.Add(new TextSpan(at, end));
            from = Math.Max(end, at + Begin.Length);
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text) => OpenEnd.OfWord(text);

    private static int FindAt(ReadOnlySpan<char> text, int at)
    {
        // A header broken over two lines is joined before it is decoded.
        var header = TokenReader.Read(text, at, PartCharacters, LongestHeader, LongestHeader);
        if (header == text.Length || text[header] != '.' || !NamesAlgorithm(TokenReader.Join(text[at..header])))
            return 0;
        var end = TokenReader.Read(text, at, TokenCharacters, header + 2 - at, LongestToken);
        var points = text[at..end].Count('.');
        for (; points > 2 && text[end - 1] == '.'; points--)
            end--; // the full stop of the sentence
        return points is 2 or 4 ? end : 0;
    }

    private static bool NamesAlgorithm(ReadOnlySpan<char> header)
    {
        try
        {
            Span<byte> json = new byte[Base64Url.GetMaxDecodedLength(header.Length)];
            if (!Base64Url.TryDecodeFromChars(header, json, out var written))
                return false;
            var reader = new Utf8JsonReader(json[..written]);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return false;
        }
    }
}
