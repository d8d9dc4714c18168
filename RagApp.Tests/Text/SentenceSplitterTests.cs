using CsCheck;
using RagApp.Text.Sentences;

namespace RagApp.Tests.Text;

/// <summary>
/// Rules that sentence splitting for passages and for quotes share, and their differences.
/// <see cref="Gateway.QuotableSentencesTests"/> has more on quotes.
/// </summary>
public sealed class SentenceSplitterTests
{
    private static readonly Gen<string> AnyText = Gen.String[Gen.Char["abAB .!?。．१॥\n|-1)\"“”"], 0, 60];

    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("He said \"Stop.\" Then he left.", "He said \"Stop.\"|Then he left.")]
    [InlineData("Really?! Yes... No.", "Really?!|Yes...|No.")]
    [InlineData("年假为三十天。未使用的不结转！请问？", "年假为三十天。|未使用的不结转！|请问？")]
    [InlineData("「はい。」と言った。次。", "「はい。」|と言った。|次。")]
    [InlineData("長さは３．５です．次．", "長さは３．５です．|次．")]
    [InlineData("यह पहला है।यह दूसरा है।", "यह पहला है।|यह दूसरा है।")]
    [InlineData("یہ پہلا ہے۔ یہ دوسرا ہے۔", "یہ پہلا ہے۔|یہ دوسرا ہے۔")]
    [InlineData("ما هي العاصمة؟ هي باريس.", "ما هي العاصمة؟|هي باريس.")]
    [InlineData("He paid 3.5 million. J. Smith left, i.e. not", "He paid 3.5 million.|J. Smith left, i.e. not")]
    [InlineData("  ", "")]
    [InlineData("", "")]
    public void Split_EitherWay_EndsAtTheMarksOfManyScripts(string text, string expected)
    {
        Split(text, SentenceRules.ForPassages).ShouldBe(expected);
        Split(text, SentenceRules.ForQuotes).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Dr. Smith left. Then", "Dr.|Smith left.|Then", "Dr. Smith left.|Then")]
    [InlineData("Am 3. Mai war Ruhetag.", "Am 3.|Mai war Ruhetag.", "Am 3. Mai war Ruhetag.")]
    [InlineData("Vitamin c. Then", "Vitamin c. Then", "Vitamin c. Then")]
    [InlineData("Plan b. Then", "Plan b. Then", "Plan b.|Then")]
    [InlineData("\"Why?\" asked Ann.", "\"Why?\" asked Ann.", "\"Why?\"|asked Ann.")]
    [InlineData("This line was wrapped by the program that made\nThe PDF.", "This line was wrapped by the program that made|The PDF.", "This line was wrapped by the program that made\nThe PDF.")]
    [InlineData("Rules:\n- First, which\n  goes on", "Rules:|- First, which|goes on", "Rules:|- First, which\n  goes on")]
    [InlineData("He left\n\"Why?\"", "He left|\"Why?\"", "He left|\"Why?\"")]
    public void Split_WherePassagesAndQuotesDiffer_GoesByTheRules(string text, string passages, string quotes)
    {
        Split(text, SentenceRules.ForPassages).ShouldBe(passages);
        Split(text, SentenceRules.ForQuotes).ShouldBe(quotes);
    }

    [Fact]
    public void Split_AnyText_LosesNothingButWhiteSpace() => AnyText.Sample(text =>
    {
        foreach (var rules in new[] { SentenceRules.ForPassages, SentenceRules.ForQuotes })
        {
            var end = 0;
            foreach (var sentence in SentenceSplitter.Split(text, rules))
            {
                text[end..sentence.Start].ShouldBeNullOrWhiteSpace();
                text[sentence.Start..sentence.End].ShouldBe(sentence.Text);
                sentence.Text.Trim().ShouldBe(sentence.Text);
                end = sentence.End;
            }
            text[end..].ShouldBeNullOrWhiteSpace();
        }
    });

    private static string Split(string text, SentenceRules rules) =>
        string.Join('|', SentenceSplitter.Split(text, rules).Select(sentence => sentence.Text));
}
