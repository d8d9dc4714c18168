using RagApp.Parsing;
using RagApp.Parsing.Formats.Rtf;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class RtfTests
{
    [Fact]
    public void Read_Document_KeepsHeadingsNotesTablesAndProperties()
    {
        var result = Read(@"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}{\stylesheet{\s1 heading 1;}}{\info{\title Trips}{\author Ada}{\creatim\yr2026\mo3\dy1}}"
            + @"{\header Acme\par}\pard\s1 Hotels\par\pard Caf\'e9{\footnote per day}{\v hidden}{\*\unknown no} \u8364?40\par"
            + @"\trowd\intbl a\cell b\cell\row\pard end\par}", "a.doc");

        result.ContentType.ShouldBe(RtfFormat.MediaType);
        result.Properties.ShouldBe(new FileProperties("Trips", "Ada", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
        result.Blocks.ShouldBe(
        [
            new TextBlock(BlockKind.Heading, "Hotels", 1, null),
            new TextBlock(BlockKind.Paragraph, "Café €40", 0, null),
            new TextBlock(BlockKind.Paragraph, "per day", 0, null),
            new TextBlock(BlockKind.TableRow, "a | b", 0, null),
            new TextBlock(BlockKind.Paragraph, "end", 0, null),
            new TextBlock(BlockKind.Paragraph, "Acme", 0, null),
        ]);
    }

    [Theory]
    [InlineData(@"{\rtf1\ansi{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cf\'f0\'e0\'e2\'e8\'eb\'e0}", "Правила")]
    [InlineData(@"{\rtf1\ansi{\fonttbl{\f0\fcharset128 MS Mincho;}}\f0 \'93\'fa\'96\'7b}", "日本")]
    [InlineData(@"{\rtf1\uc2 \u8364ab5}", "€5")]
    [InlineData(@"{\rtf1 {\upr{wrong}{\*\ud right}}}", "right")]
    [InlineData(@"{\rtf1 a\bin3 {{{b}", "ab")]
    [InlineData(@"{\rtf1 open", "open")]
    [InlineData(@"{\rtf1 one}}}", "one")]
    public void Read_Text_IsDecoded(string rtf, string text) => Texts(Read(rtf, "a.rtf")).ShouldBe([text]);

    [Fact]
    public void Read_DeepGroups_HitALimit() =>
        Read(@"{\rtf1 " + Repeat("{", 60_000), "a.rtf").Outcome.ShouldBe(ParseOutcome.LimitHit);

    [Fact]
    public void Read_ScriptsNumbersAndSymbols_KeepTheirMeaning() =>
        Texts(Read(@"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f3\fcharset2 Symbol;}}EUR 500{\super 1} and 10{\super 6}, {\strike old} new\par {\listtext 2.1\tab}\ls1 Rent\par\pard {\listtext\f3\'b7\tab}\ls2 Oil\par\pard {\f3\'b1}4 mm\par}", "a.rtf"))
            .ShouldBe(["EUR 500 [1] and 10^6, ~~old~~ new", "2.1 Rent", "Oil", "±4 mm"]);

    [Fact]
    public void Read_TickBoxesOfForms_SayWhetherTheyAreTicked() =>
        Texts(Read(@"{\rtf1 {\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt}} Anchors\par {\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0\ffdefres1}}}} Lights\par {\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0}}}{\fldrslt Ann}}\par}", "a.rtf"))
            .ShouldBe(["[x] Anchors", "[ ] Lights", "Ann"]);

    [Fact]
    public void Read_MergedCells_RepeatTheirText() =>
        Texts(Read(@"{\rtf1\trowd\clvmgf\cellx1000\cellx2000\intbl Bookbinding\cell Monday\cell\row\trowd\clvmrg\cellx1000\cellx2000\intbl\cell Thursday\cell\row\pard\par}", "a.rtf"))
            .ShouldBe(["Bookbinding | Monday", "Bookbinding | Thursday"]);
}
