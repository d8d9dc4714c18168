using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Builds small PDFs page by page.</summary>
internal static class PdfFiles
{
    private const string Latin = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

    private const string Bold = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>";

    /// <summary>Page content that shows one line of text.</summary>
    public static string Line(string text, string matrix = "1 0 0 1 72 700") => $"BT /F 12 Tf {matrix} Tm ({text}) Tj ET";

    /// <summary>Page content that is one black square.</summary>
    public const string Picture = "q 200 0 0 200 72 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q";

    public static byte[] WithPages(params string[] contents) => Write([.. contents.Select(content => new Page(Encoding.Latin1.GetBytes(content)))]);

    /// <param name="Filter">Value of the PDF's Filter entry: the compression of the content.</param>
    /// <param name="Extra">Further entries of the page dictionary.</param>
    public sealed record Page(byte[] Content, string Filter = "", string Extra = "", string Font = Latin);

    public static byte[] Write(params IReadOnlyList<Page> pages)
    {
        using var pdf = new MemoryStream();
        var kids = string.Join(' ', pages.Select((_, i) => Invariant($"{10 + (3 * i)} 0 R")));
        Add(Invariant($"%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [{kids}] /Count {pages.Count} >> endobj\n"));
        for (var i = 0; i < pages.Count; i++)
        {
            var (page, number) = (pages[i], 10 + (3 * i));
            Add(Invariant($"{number} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page.Extra} /Contents {number + 1} 0 R /Resources << /Font << /F {number + 2} 0 R /B {Bold} >> >> >> endobj\n"));
            Add(Invariant($"{number + 1} 0 obj << /Length {page.Content.Length} {page.Filter} >> stream\n"));
            pdf.Write(page.Content);
            Add(Invariant($"\nendstream endobj\n{number + 2} 0 obj {page.Font} endobj\n"));
        }
        Add("trailer << /Root 1 0 R /Size 1000 >>\n%%EOF\n");
        return pdf.ToArray();

        void Add(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
    }

    /// <summary>Megabytes of spaces, compressed twice to a few hundred bytes.</summary>
    public static byte[] Bomb(int megabytes)
    {
        var spaces = new byte[1 << 20];
        spaces.AsSpan().Fill((byte)' ');
        var once = Deflate(stream =>
        {
            for (var i = 0; i < megabytes; i++)
                stream.Write(spaces);
        });
        return Deflate(stream => stream.Write(once));
    }

    private static byte[] Deflate(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new ZLibStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
            write(deflate);
        return bytes.ToArray();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
