using System.Buffers;
using RagApp.Dlp;
using RagApp.Dlp.Text;

namespace RagApp.Gateway.Answers.Model.Guard;

/// <summary>Finds web addresses in an answer, the beginning of pictures in Markdown, and the beginning of HTML elements that load, link or run something.</summary>
internal sealed class AddressesInText : IDetector
{
    public const string DetectorName = "address";
    public const string Picture = "![";

    private static readonly SearchValues<string> Beginnings = SearchValues.Create(
        [
            "http://", "https://", "ftp://", "data:image", "data:text", "javascript:", "www.", Picture, "<img", "<a ", "<script", "<iframe", "<object", "<embed", "<svg", "<video",
            "<audio", "<source", "<link", "<style", "<form", "<base", "<meta",
        ], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \n<>\"'()[]{}|\\^`");

    public string Name => DetectorName;

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var from = 0; from < text.Length;)
        {
            var hit = text[from..].IndexOfAny(Beginnings);
            if (hit < 0)
                return;
            var start = from + hit;
            var end = text[start] == '!' ? start + Picture.Length : text[start] == '<' ? start + 1 : EndOfAddress(text, start);
            found.Add(new TextSpan(start, end));
            from = end;
        }
    }

    /// <summary>An address ends at the end of its word.</summary>
    public int OpenFrom(ReadOnlySpan<char> text) => text.LastIndexOfAny(' ', '\n') + 1;

    private static int EndOfAddress(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAny(Ends);
        var end = length < 0 ? text.Length : start + length;
        while (end > start + 1 && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '*' or '_')
            end--;
        return end;
    }
}
