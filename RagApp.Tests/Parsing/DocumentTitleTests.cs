using RagApp.Parsing;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing;

public sealed class DocumentTitleTests
{
    [Theory]
    [InlineData("Logo")]
    [InlineData("Page 1")]
    [InlineData("Page 3 of 9")]
    [InlineData("- Seite 2 -")]
    [InlineData("DRAFT")]
    [InlineData("Draft 2")]
    [InlineData("[Title]")]
    [InlineData("<Untitled>")]
    [InlineData("Document1")]
    [InlineData("PowerPoint Presentation")]
    [InlineData("Microsoft Word - minutes")]
    [InlineData("Normal.dotm")]
    [InlineData("letter_v3.dotx")]
    [InlineData("brochure.indd")]
    [InlineData("12 May 2027")]
    [InlineData("Dienstag, den 4. März 2025")]
    [InlineData("2027-05-12")]
    [InlineData("2027年5月12日")]
    [InlineData("17")]
    [InlineData("")]
    public void Of_WhatStandsInTheirPlace_IsNoTitle(string text) => DocumentTitle.Of(text).ShouldBeNull();

    [Theory]
    [InlineData("Statutes of the club, No. 12")]
    [InlineData("Draft rules of the harbour")]
    [InlineData("Plan of 12 May 2027")]
    [InlineData("Page layout for newcomers")]
    [InlineData("Annual report 2024")]
    [InlineData("Version 2.0")]
    [InlineData("報告")]
    public void Of_ATitle_IsThatTitle(string text) => DocumentTitle.Of(text).ShouldBe(text);

    [Theory]
    [InlineData("Club letter.dotx", "Club letter", null)]
    [InlineData("Normal.dotm", "Lease of the boat shed", "Lease of the boat shed")]
    public void Read_TitleOfTheTemplate_IsNotTheDocuments(string template, string title, string? expected) =>
        Read(Zip(
            ("_rels/.rels", Rels(("r", "officeDocument", "word/document.xml"))),
            ("docProps/core.xml", $"<p:core xmlns:p=\"p\"><title>{title}</title></p:core>"),
            ("docProps/app.xml", $"<Properties><Template>{template}</Template></Properties>"),
            ("word/document.xml", $"<w:document {Word}><w:body><w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body></w:document>"))).Properties.Title.ShouldBe(expected);

    [Fact]
    public void Read_MarkAboveText_IsNoHeading() =>
        Read("DRAFT\n\nIncome\n\nThe fees of the year brought 88,400 crowns.\n", "a.txt").Blocks.Select(block => (block.Kind, block.Text))
            .ShouldBe([(BlockKind.Paragraph, "DRAFT"), (BlockKind.Heading, "Income"), (BlockKind.Paragraph, "The fees of the year brought 88,400 crowns.")]);
}
