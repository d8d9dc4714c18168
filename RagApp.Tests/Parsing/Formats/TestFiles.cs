using System.IO.Compression;
using System.Text;
using RagApp.Parsing;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Builds documents from hand-written parts and parses them.</summary>
internal static class TestFiles
{
    public const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    public const string Sheet = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    public const string Slide = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private const string Kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A relationships part, made of entries such as <c>("rId1", "slide", "slides/slide1.xml")</c>.</summary>
    public static string Rels(params (string Id, string Kind, string Target)[] relationships) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relationships.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Kinds}{r.Kind}\" Target=\"{r.Target}\"/>"))
        + "</Relationships>";

    public static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    public static ParseResult Read(byte[] file, string name = "file") => FileReader.Shipped.Read(new MemoryStream(file), name);

    public static ParseResult Read(string text, string name) => Read(Encoding.UTF8.GetBytes(text), name);

    /// <summary>Texts of the blocks of a result that must be a success.</summary>
    public static IReadOnlyList<string> Texts(ParseResult result)
    {
        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        return [.. result.Blocks.Select(block => block.Text)];
    }
}
