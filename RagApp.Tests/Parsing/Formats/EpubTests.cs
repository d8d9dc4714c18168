using RagApp.Parsing;
using RagApp.Parsing.Formats.Epub;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class EpubTests
{
    private const string Page = "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body><h1>{0}</h1><p>Text of {0}</p></body></html>";

    [Fact]
    public void Read_Book_ChaptersInReadingOrder()
    {
        var result = Read(Book(""));

        result.ContentType.ShouldBe(EpubFormat.MediaType);
        result.Properties.Title.ShouldBe("Winter");
        result.Properties.Author.ShouldBe("Ada");
        Texts(result).ShouldBe(["Two", "Text of Two", "One", "Text of One"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("missing");
    }

    [Fact]
    public void Read_ProtectedBook_IsRefused()
    {
        var result = Read(Book("<encryption><CipherReference URI=\"OPS/one%20a.xhtml\"/></encryption>"));

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("protect");
    }

    private static byte[] Book(string encryption) => Zip([
        ("mimetype", EpubFormat.MediaType),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"),
        ("OPS/book.opf", """
            <package xmlns:dc="d"><metadata><dc:title>Winter</dc:title><dc:creator>Ada</dc:creator></metadata>
            <manifest><item id="a" href="one%20a.xhtml"/><item id="b" href="text/two.xhtml"/><item id="c" href="lost.xhtml"/></manifest>
            <spine><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine></package>
            """),
        ("OPS/one a.xhtml", Page.Replace("{0}", "One", StringComparison.Ordinal)),
        ("OPS/text/two.xhtml", Page.Replace("{0}", "Two", StringComparison.Ordinal)),
        .. encryption.Length > 0 ? [("META-INF/encryption.xml", encryption)] : Array.Empty<(string, string)>()]);
}
