using System.IO.Compression;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Pptx;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class PptxTests
{
    [Fact]
    public void Read_Slides_InOrderOfTheDeckWithTitlesTablesAndNotes()
    {
        var result = Read(Deck(
            ("slide1", SlideOf(Shape("body", "First point", "Second point"), Shape("title", "Results")), Rels(("n", "notesSlide", "../notesSlides/n1.xml"))),
            ("slide2", SlideOf("<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Paris</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>140</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"), "")));

        result.ContentType.ShouldBe(PptxFormat.MediaType);
        result.Blocks.ShouldBe(
        [
            new TextBlock(BlockKind.Heading, "Slide 1", 1, 1),
            new TextBlock(BlockKind.TableRow, "Paris | 140", 0, 1),
            new TextBlock(BlockKind.Heading, "Results", 1, 2),
            new TextBlock(BlockKind.ListItem, "First point", 0, 2),
            new TextBlock(BlockKind.ListItem, "Second point", 0, 2),
            new TextBlock(BlockKind.Paragraph, "Notes: Speak slowly", 0, 2),
        ]);
    }

    [Fact]
    public void Read_Shapes_AreInReadingOrder() =>
        Texts(Read(Deck(("slide1", SlideOf(At(0, 5000, "Last"), At(6000, 2000, "Right"), At(0, 2000, "Left"), Shape("title", "Plan"), At(0, 1000, "First")), ""))))
            .ShouldBe(["Plan", "First", "Left", "Right", "Last"]);

    [Fact]
    public void Read_MergedCellsNumbersAndScripts_AreWrittenOut() =>
        Texts(Read(Deck(("slide1", SlideOf(
            Shape("title", "Tickets"),
            "<p:sp><p:txBody><a:p><a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr><a:r><a:t>Buy</a:t></a:r></a:p><a:p><a:pPr><a:buAutoNum type=\"arabicPeriod\"/></a:pPr><a:r><a:t>Board 500</a:t></a:r><a:r><a:rPr baseline=\"30000\"/><a:t>1</a:t></a:r></a:p></p:txBody></p:sp>",
            "<p:graphicFrame><a:tbl><a:tr>" + Cell("Route") + Cell("Price", "gridSpan=\"2\"") + Cell("", "hMerge=\"1\"") + "</a:tr><a:tr>" + Cell("") + Cell("Adult") + Cell("Child")
            + "</a:tr><a:tr>" + Cell("Sundvik", "rowSpan=\"2\"") + Cell("90") + Cell("45") + "</a:tr><a:tr>" + Cell("", "vMerge=\"1\"") + Cell("110") + Cell("55") + "</a:tr></a:tbl></p:graphicFrame>"), ""))))
            .ShouldBe(["Tickets", "1. Buy", "2. Board 500 [1]", "Route | Price Adult | Price Child", "Sundvik | 90 | 45", "Sundvik | 110 | 55"]);

    private static string At(int left, int top, string text) =>
        $"<p:sp><p:spPr><a:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"5000\" cy=\"800\"/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>";

    private static string Cell(string text, string attributes = "") => $"<a:tc {attributes}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>";

    [Fact]
    public void Read_HiddenSlide_IsLeftOut() =>
        Texts(Read(Deck(("slide1", SlideOf(Shape("title", "Secret")).Replace("<p:sld ", "<p:sld show=\"0\" ", StringComparison.Ordinal), ""), ("slide2", SlideOf(Shape("title", "Seen")), ""))))
            .ShouldBe(["Seen"]);

    [Fact]
    public void Read_OlderCopyOfADrawing_IsReadOnce() =>
        Texts(Read(Deck(("slide1", SlideOf("<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice>" + Shape("", "Once") + "</mc:Choice><mc:Fallback>" + Shape("", "Once") + "</mc:Fallback></mc:AlternateContent>"), ""))))
            .ShouldBe(["Once"]);

    [Fact]
    public void Read_DamagedSlide_CostsThatSlide()
    {
        var result = Read(Deck(("slide1", SlideOf(Shape("title", "Good")), ""), ("slide2", "<p:sld " + Slide + "><p:cSld><p:spTree>" + Shape("title", "Half") + "<p:sp", "")));

        Texts(result).ShouldBe(["Half", "Good"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("Slide 1 is damaged");
    }

    [Fact]
    public void Read_DeepGroups_CostNoStack() =>
        Texts(Read(Deck(("slide1", SlideOf(Repeat("<p:grpSp>", 60_000) + Shape("title", "Bottom") + Repeat("</p:grpSp>", 60_000)), "")))).ShouldBe(["Bottom"]);

    [Fact]
    public void Read_SlideWithEntities_IsRefused()
    {
        var result = Read(Deck(("slide1", "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + SlideOf(Shape("title", "&x;")), "")));

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("DTD");
    }

    [Fact]
    public void Read_FilmPart_IsNeverOpened()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Deck(("slide1", SlideOf(Shape("title", "Film")), "")));
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var film = archive.CreateEntry("ppt/media/film.mp4", CompressionLevel.NoCompression).Open();
            film.Write(new byte[20 << 20]);
        }
        using var watched = new CountedFile(bytes.ToArray());

        Texts(FileReader.Shipped.Read(watched, "film.pptx")).ShouldBe(["Film"]);
        watched.BytesRead.ShouldBeLessThan(1 << 20);
    }

    /// <summary>A presentation that shows its slides in the reverse order of their file names.</summary>
    private static byte[] Deck(params (string Name, string Xml, string Rels)[] slides)
    {
        var ids = slides.Select((slide, i) => ($"r{i}", "slide", $"slides/{slide.Name}.xml")).ToArray();
        return Zip([
            ("_rels/.rels", Rels(("r", "officeDocument", "ppt/presentation.xml"))),
            ("ppt/presentation.xml", $"<p:presentation {Slide}><p:sldIdLst>{string.Concat(ids.Reverse().Select(id => $"<p:sldId r:id=\"{id.Item1}\"/>"))}</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Rels(ids)),
            ("ppt/notesSlides/n1.xml", SlideOf(Shape("sldNum", "1"), Shape("body", "Speak slowly")).Replace("p:sld ", "p:notes ", StringComparison.Ordinal).Replace("/p:sld>", "/p:notes>", StringComparison.Ordinal)),
            .. slides.Select(slide => ($"ppt/slides/{slide.Name}.xml", slide.Xml)),
            .. slides.Where(slide => slide.Rels.Length > 0).Select(slide => ($"ppt/slides/_rels/{slide.Name}.xml.rels", slide.Rels))]);
    }

    private static string SlideOf(params string[] shapes) => $"<p:sld {Slide}><p:cSld><p:spTree>{string.Concat(shapes)}</p:spTree></p:cSld></p:sld>";

    private static string Shape(string placeholder, params string[] paragraphs) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"x\"/><p:nvPr>{(placeholder.Length > 0 ? $"<p:ph type=\"{placeholder}\"/>" : "")}</p:nvPr></p:nvSpPr><p:txBody>"
        + string.Concat(paragraphs.Select(text => $"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>")) + "</p:txBody></p:sp>";

    private sealed class CountedFile(byte[] bytes) : MemoryStream(bytes)
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Counted(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer)
        {
            var array = new byte[buffer.Length];
            var read = base.Read(array, 0, array.Length);
            array.AsSpan(0, read).CopyTo(buffer);
            return Counted(read);
        }

        private int Counted(int read)
        {
            BytesRead += read;
            return read;
        }
    }
}
