using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Gateway;

/// <summary>The fixed sentences of an answer are in the language of the question.</summary>
public sealed class WordingTests
{
    private const string English = "The manager of the plant is responsible for the safety of all visitors and has to be told of each visit.";
    private const string German = "Für die Sicherheit der Besucher ist die Leitung des Werks verantwortlich, und sie ist von jedem Besuch zu unterrichten.";
    private const string Russian = "За безопасность посетителей отвечает руководитель завода, и его нужно предупреждать о каждом визите.";

    private readonly Wording _wording = new(new TextAnalysis());

    [Theory]
    [InlineData("Who is responsible for visitors?", English, "From your documents:")]
    [InlineData("Who is responsible for visitors?", German, "From your documents (Deutsch):")]
    [InlineData("Wer ist für Besucher verantwortlich?", English, "Aus Ihren Dokumenten (English):")]
    [InlineData("Wer ist für Besucher verantwortlich?", German, "Aus Ihren Dokumenten:")]
    [InlineData("Кто отвечает за посетителей?", German, "Из ваших документов (Deutsch):")]
    [InlineData("谁对访客负责？", Russian, "摘自您的文档 (русский):")]
    public void Lead_QuoteInAnotherLanguage_NamesIt(string question, string quoted, string lead)
    {
        var passage = AnswerFixture.Passage("visitors", quoted);

        _wording.Lead(Ask(question, passage), [Quote.Whole(passage)]).ShouldBe(lead);
    }

    [Fact]
    public void Lead_QuotesInSeveralLanguages_NamesEachOnce()
    {
        var passages = new[] { German, English, Russian, German }.Select((text, at) => AnswerFixture.Passage($"{at}", text)).ToArray();

        _wording.Lead(Ask("Who is responsible for visitors?", passages), passages.Select(Quote.Whole)).ShouldBe("From your documents (Deutsch, русский):");
    }

    [Theory]
    [InlineData("What does die 4711 cost?", "Not found in your documents.")] // "die" is a German word too
    [InlineData("VX-2041", "Not found in your documents.")]
    [InlineData("¿Quién dirige la fábrica?", "No se encuentra en sus documentos.")]
    [InlineData("工場長は誰ですか", "お手元の文書には見つかりませんでした。")]
    [InlineData("Ποιος διευθύνει το εργοστάσιο;", "Not found in your documents.")] // the program has no Greek
    public void NotFound_Question_IsInItsLanguage(string question, string text) => _wording.NotFound(Ask(question)).ShouldBe(text);

    [Fact]
    public void NotFound_UnknownCode_NamesTheSimilarOnes() =>
        _wording.NotFound(Ask("Was ist VX-2049?", AnswerFixture.Passage("valves", "Ventil VX-2041 ist undicht.")) with { UnknownCodes = ["VX-2049"] })
            .ShouldBe("In Ihren Dokumenten nicht gefunden. VX-2049 kommt darin nicht vor; ähnliche Codes, die vorkommen: VX-2041.");

    [Fact]
    public void NotFound_UnknownWords_NamesThem() =>
        _wording.NotFound(Ask("What does the guideline say about acupuncture?") with { UnknownWords = ["acupuncture"] })
            .ShouldBe("Not found in your documents. “acupuncture” does not appear in them.");

    private static Question Ask(string text, params SearchHit[] passages) => new(new Principal("acme", "alice", [], [], Region: null), text, passages, []);
}
