using System.IO.Compression;
using System.Text;

namespace RagApp.Tests.Parsing;

/// <summary>Small generated files that attack a parser.</summary>
internal static class HostileFiles
{
    /// <summary>A PDF that takes minutes to read although it is small: its many full pages share one content stream.</summary>
    public static byte[] SlowPdf()
    {
        const int Pages = 5_000;
        var words = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"1 0 0 1 {10 + (i % 40 * 15)} {10 + (i / 40 * 16)} Tm (w{i}) Tj\n"));
        return Encoding.ASCII.GetBytes($"""
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [{string.Concat(Enumerable.Range(5, Pages).Select(page => $"{page} 0 R "))}] /Count {Pages} >> endobj
            3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
            4 0 obj << /Length {words.Length + 16} >> stream
            BT /F1 6 Tf
            {words}ET
            endstream endobj
            {string.Concat(Enumerable.Range(5, Pages).Select(page => $"{page} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 620 820] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >> endobj\n"))}
            trailer << /Root 1 0 R /Size {Pages + 5} >>
            %%EOF
            """);
    }

    /// <summary>A Word document whose main part decompresses to 600 MB.</summary>
    public static byte[] BombDocx()
    {
        var megabyte = Encoding.UTF8.GetBytes(new string(' ', 1 << 20));
        return Docx(document =>
        {
            document.Write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"u8);
            for (var i = 0; i < 600; i++)
                document.Write(megabyte);
            document.Write("</w:body></w:document>"u8);
        });
    }

    /// <summary>A Word document with XML entities that refer to a local file and expand to a billion words.</summary>
    public static byte[] EntityDocx() => Docx(document => document.Write("""
        <?xml version="1.0"?>
        <!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&secret;&b;</w:t></w:r></w:p></w:body></w:document>
        """u8));

    /// <summary>A PDF whose page nodes are each other's children.</summary>
    public static byte[] CyclicPdf() => Encoding.ASCII.GetBytes("""
        %PDF-1.4
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R 3 0 R] /Count 9999 >> endobj
        3 0 obj << /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 9999 >> endobj
        trailer << /Root 1 0 R /Size 4 >>
        %%EOF
        """);

    /// <summary>A PDF with content nested so deeply that a recursive reader overflows its stack.</summary>
    public static byte[] DeepPdf() => Encoding.ASCII.GetBytes($"""
        %PDF-1.4
        1 0 obj << /Type /Catalog /Pages 2 0 R /Deep {new string('[', 200_000)} >> endobj
        2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj
        trailer << /Root 1 0 R /Size 3 >>
        %%EOF
        """);

    /// <summary>A PDF with two streams that give each other as their length, which overflows PdfPig's stack.</summary>
    public static byte[] OverflowingPdf() => Encoding.ASCII.GetBytes("""
        %PDF-1.4
        1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >> endobj
        4 0 obj << /Length 5 0 R >> stream
        BT ET
        endstream endobj
        5 0 obj << /Length 4 0 R >> stream
        BT ET
        endstream endobj
        trailer << /Root 1 0 R /Size 6 >>
        %%EOF
        """);

    /// <summary>
    /// A Word document or a presentation, by the extension of <paramref name="path"/>, with an embedded video that the parser
    /// need not read.
    /// </summary>
    public static async Task WriteWithFilmAsync(string path, int megabytes, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (part, xml) in path.EndsWith(".docx", StringComparison.Ordinal) ? DocxParts : PptxParts)
        {
            await using var entry = await archive.CreateEntry(part).OpenAsync(cancellationToken);
            await entry.WriteAsync(Encoding.UTF8.GetBytes(xml), cancellationToken);
        }
        await using var film = await archive.CreateEntry("media/film.mp4", CompressionLevel.NoCompression).OpenAsync(cancellationToken);
        var megabyte = new byte[1 << 20];
        new Random(4711).NextBytes(megabyte);
        for (var i = 0; i < megabytes; i++)
            await film.WriteAsync(megabyte, cancellationToken);
    }

    private static readonly (string Part, string Xml)[] DocxParts =
    [
        ("word/document.xml", """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Beside the film</w:t></w:r></w:p></w:body></w:document>"""),
    ];

    private static readonly (string Part, string Xml)[] PptxParts =
    [
        ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="ppt/presentation.xml"/></Relationships>"""),
        ("ppt/presentation.xml", """<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>"""),
        ("ppt/_rels/presentation.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide" Target="slides/slide1.xml"/></Relationships>"""),
        ("ppt/slides/slide1.xml", """<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Beside the film</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"""),
    ];

    private static byte[] Docx(Action<Stream> writeDocument)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var document = archive.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            writeDocument(document);
        }
        return bytes.ToArray();
    }
}
