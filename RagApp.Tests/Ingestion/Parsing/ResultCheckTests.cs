using RagApp.Ingestion.Parsing;
using RagApp.Parsing;

namespace RagApp.Tests.Ingestion.Parsing;

public sealed class ResultCheckTests
{
    private static readonly TextBlock Paragraph = new(BlockKind.Paragraph, "text", 0, 1);

    [Fact]
    public void MakesSense_WhatAFormatReads_Does()
    {
        ResultCheck.MakesSense(Read(Paragraph, new TextBlock(BlockKind.Heading, "h", 6, null))).ShouldBeTrue();
        ResultCheck.MakesSense(Read()).ShouldBeTrue();
        ResultCheck.MakesSense(ParseResult.Without(ParseOutcome.Refused, "It is damaged.")).ShouldBeTrue();
    }

    [Fact]
    public void MakesSense_WhatNoFormatGives_DoesNot()
    {
        ResultCheck.MakesSense(Read(new TextBlock(BlockKind.Heading, "h", 1_000_000, null))).ShouldBeFalse();
        ResultCheck.MakesSense(Read(new TextBlock(BlockKind.Heading, "h", -1, null))).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph with { Text = "" })).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph with { Text = null! })).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph with { Text = new string('a', ParseLimits.Characters) }, Paragraph)).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph) with { Asides = [new string('a', ParseLimits.Characters)] }).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph) with { Warnings = [.. Enumerable.Repeat("w", 1_000)] }).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph) with { Blocks = null! }).ShouldBeFalse();
        ResultCheck.MakesSense(Read(Paragraph) with { Outcome = ParseOutcome.Refused }).ShouldBeFalse();
    }

    private static ParseResult Read(params TextBlock[] blocks) =>
        new(ParseOutcome.Text, null, "text/plain", new FileProperties(), blocks, [], []);
}
