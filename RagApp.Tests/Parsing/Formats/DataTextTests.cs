using RagApp.Parsing;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>The formats JSON, XML and reStructuredText.</summary>
public sealed class DataTextTests
{
    [Theory]
    [InlineData("a.json")]
    [InlineData("unnamed")]
    public void Read_Json_IsNamesAndValues(string name) =>
        Texts(Read("""{"people": [{"name": "Ada", "home": {"city": "London"}, "tags": ["a", "b"], "left": null}, {"name": "Bob"}]}""", name))
            .ShouldBe(["people.name: Ada\nhome.city: London\npeople.tags: a, b", "people.name: Bob"]);

    [Fact]
    public void Read_JsonLines_IsAParagraphALine() =>
        Texts(Read("{\"a\": 1}\n{\"a\": 2}\n", "a.jsonl")).ShouldBe(["a: 1", "a: 2"]);

    [Fact]
    public void Read_DeepJson_HitsALimit() => Read(new string('[', 200_000), "a.json").Outcome.ShouldBe(ParseOutcome.LimitHit);

    [Fact]
    public void Read_BrokenJson_IsReadWithAWarning()
    {
        var result = Read("{\"a\": \"kept\", broken", "a.json");

        Texts(result).ShouldBe(["a: kept"]);
        result.Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_Xml_IsElementsAndText() =>
        Texts(Read("<?xml version=\"1.0\"?><list><name>Trips</name><book id=\"7\"><title>Emma</title><year>1815</year></book><p>Read <i>Emma</i> first.</p></list>", "a.xml"))
            .ShouldBe(["name: Trips", "title: Emma\nyear: 1815", "p: Read Emma first."]);

    [Fact]
    public void Read_DeepXml_CostsNoStack() =>
        Texts(Read("<?xml version=\"1.0\"?>" + Repeat("<a>", 60_000) + "deep" + Repeat("</a>", 60_000), "a.xml")).ShouldBe(["a: deep"]);

    [Fact]
    public void Read_XmlWithEntities_IsRefused() =>
        Read("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"xxxx\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>", "a.xml").Outcome.ShouldBe(ParseOutcome.Refused);

    [Fact]
    public void Read_Rst_IsWhatAReaderSees()
    {
        var result = Read("""
            Travel
            ======

            See :ref:`hotels <h>` and **book** early::

               ragapp book

            .. a comment
            .. note:: Keep receipts.

            * one
            * two

            ===== =====
            City  Rate
            ===== =====
            Paris 140
            ===== =====
            """, "a.rst");

        result.Properties.Title.ShouldBe("Travel");
        result.Blocks.Select(block => (block.Kind, block.Text)).ShouldBe(
        [
            (BlockKind.Heading, "Travel"),
            (BlockKind.Paragraph, "See hotels and book early:"),
            (BlockKind.Code, "ragapp book"),
            (BlockKind.Paragraph, "Keep receipts."),
            (BlockKind.ListItem, "one"),
            (BlockKind.ListItem, "two"),
            (BlockKind.TableRow, "City | Rate"),
            (BlockKind.TableRow, "Paris | 140"),
        ]);
    }

    [Fact]
    public void Read_PageProperties_AreKept()
    {
        var result = Read("<html><head><title>T</title><meta name=author content=Ada><meta property='article:published_time' content='2026-03-01'></head><body>x", "a.html");

        result.Properties.ShouldBe(new FileProperties("T", "Ada", new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
    }
}
