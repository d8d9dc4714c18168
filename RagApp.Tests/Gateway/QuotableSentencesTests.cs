using RagApp.Gateway.Answers.Extractive;

namespace RagApp.Tests.Gateway;

public sealed class QuotableSentencesTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("Dr. Smith met Mr. Jones at 3.5 km. They left.", "Dr. Smith met Mr. Jones at 3.5 km.|They left.")]
    [InlineData("Use tools, e.g. Excel, etc. and more. Next.", "Use tools, e.g. Excel, etc. and more.|Next.")]
    [InlineData("J. R. R. Tolkien wrote it. It sold.", "J. R. R. Tolkien wrote it.|It sold.")]
    [InlineData("Am 3. Mai war z.B. Ruhetag. Danach nicht.", "Am 3. Mai war z.B. Ruhetag.|Danach nicht.")]
    [InlineData("He said \"Stop.\" Then he left.", "He said \"Stop.\"|Then he left.")]
    [InlineData("It was 1990. The wall fell.", "It was 1990.|The wall fell.")]
    [InlineData("See ragapp.example.com for more. Or ask.", "See ragapp.example.com for more.|Or ask.")]
    [InlineData("年假为三十天。未使用的不结转！请问？", "年假为三十天。|未使用的不结转！|请问？")]
    [InlineData("「はい。」と言った。次。", "「はい。」|と言った。|次。")]
    [InlineData("ما هي العاصمة؟ هي باريس.", "ما هي العاصمة؟|هي باريس.")]
    [InlineData("Rules:\n- First item\n- Second item, which\n  goes on\n1. Numbered", "Rules:|- First item|- Second item, which\n  goes on|1. Numbered")]
    [InlineData("| Year | Pay |\n|---|---|\n| 2024 | 10 |", "| Year | Pay ||| 2024 | 10 |")]
    [InlineData("This line was wrapped by the program that made\nThe PDF, and goes on here. Next.", "This line was wrapped by the program that made\nThe PDF, and goes on here.|Next.")]
    [InlineData("Heading\n\nText of it.", "Heading|Text of it.")]
    [InlineData("...", "")]
    [InlineData("", "")]
    public void Split_Text_GivesWhatCanBeQuoted(string text, string expected) =>
        string.Join('|', QuotableSentences.Of(text).Select(sentence => sentence.Text)).ShouldBe(expected);

    [Theory]
    [InlineData("Year | Pay\n2024 | 10\n2025 | 11", "Year | Pay")]
    [InlineData("| | 2019 | 2018 |\n|---|---|---|\n| Land | $1,949 | $2,185 |", "| | 2019 | 2018 |")]
    [InlineData("Sales\n|  | Years Ended September 30, |\n| 2019 | 2018\nLand | 1.4 | 1.2\nOther | 0.4 | 0.5", "|  | Years Ended September 30, |\n| 2019 | 2018")]
    [InlineData("City\tNights\nBerlin\t3", "City\tNights")]
    [InlineData("Land | 1,949 | 2,185\nBuildings | 138 | 129", null)]
    [InlineData("Year | Pay\n\nSee below.\n\n2024 | 10", null)]
    [InlineData("Not a row.\nNeither is this.", null)]
    public void Split_Table_LastRowKnowsItsHeader(string text, string? header) =>
        QuotableSentences.Of(text)[^1].Header.ShouldBe(header);

    [Fact]
    public void Split_AnyText_SentencesAreExactPartsInOrder() => CsCheck.Check.Sample(
        CsCheck.Gen.String[CsCheck.Gen.Char["abAB .!?。\n|-1)\""], 0, 60], text =>
        {
            var end = 0;
            foreach (var sentence in QuotableSentences.Of(text))
            {
                sentence.Start.ShouldBeGreaterThanOrEqualTo(end);
                text.Substring(sentence.Start, sentence.Text.Length).ShouldBe(sentence.Text);
                end = sentence.End;
            }
            string.Concat(QuotableSentences.Of(text).Select(sentence => sentence.Text)).Count(char.IsLetterOrDigit)
                .ShouldBe(text.Count(char.IsLetterOrDigit));
        });
}
