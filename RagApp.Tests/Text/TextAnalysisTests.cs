using CsCheck;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Text;

public sealed class TextAnalysisTests
{
    private static readonly string[] Languages = ["en", "de", "ar", "zh", "tr", "el", "hi", "th", "xx"];

    private readonly TextAnalysis _analysis = new();

    [Theory]
    [InlineData("en", "How many days of leave do I have?")]
    [InlineData("de", "Wie viele Urlaubstage habe ich in diesem Jahr?")]
    [InlineData("fr", "Combien de jours de congé est-ce que nous avons ?")]
    [InlineData("es", "¿Cuántos días de vacaciones tengo por año y cuándo puedo usarlos?")]
    [InlineData("it", "Quanti giorni di ferie sono previsti per i dipendenti nel corso dell'anno?")]
    [InlineData("pt", "Quantos dias de férias os funcionários têm e como não perder nenhum?")]
    [InlineData("nl", "Hoeveel vakantiedagen heb ik en wanneer kan ik ze het beste opnemen?")]
    [InlineData("sv", "Hur många semesterdagar har jag och när kan jag ta ut dem?")]
    [InlineData("ru", "Сколько дней отпуска у меня есть?")]
    [InlineData("ar", "كم عدد أيام الإجازة التي لدي؟")]
    [InlineData("fa", "من چند روز مرخصی در سال دارم و از کی می‌توانم استفاده کنم؟")]
    [InlineData("zh", "我每年有多少天年假?")]
    [InlineData("ja", "年次有給休暇は何日ありますか")]
    [InlineData("ko", "연차 휴가는 며칠입니까")]
    [InlineData("el", "Πόσες ημέρες άδειας έχω;")]
    [InlineData("he", "כמה ימי חופשה יש לי?")]
    [InlineData("hi", "मेरे पास कितने दिन की छुट्टी है?")]
    [InlineData("th", "ฉันมีวันลาพักร้อนกี่วัน")]
    [InlineData("en", "TR-2024-117")]
    [InlineData("en", "")]
    [InlineData("en", "12345 !!! 😀")]
    [InlineData("ru", "Настройка сервера Redis")]
    public void DetectLanguage_Sentence_IsItsLanguage(string language, string text) =>
        _analysis.DetectLanguage(text).ShouldBe(language);

    [Theory]
    [InlineData("en", "The employees were running", "employe run")]
    [InlineData("en", "Ask IT whether it works", "ask it whether work")] // the acronym, not the pronoun
    [InlineData("en", "WHO and who", "who")]
    [InlineData("en", "WHAT TO DO WITH IT", "")] // a heading
    [InlineData("de", "Die Häuser der Mitarbeiter", "haus mitarbeit")]
    [InlineData("fr", "L’avion des employés", "avion employ")]
    [InlineData("zh", "报销申请", "报销 销申 申请")]
    [InlineData("ja", "経費ABC", "経費 abc")]
    [InlineData("el", "Οι ΑΝΑΦΟΡΈΣ", "αναφορ")]
    [InlineData("tr", "IŞIKLAR", "isik")]
    [InlineData("th", "วันลา", "วั ัน นล ลา")]
    [InlineData("ar", "بمدرسة كبيرة", "بمدرس مدرس كبير")]
    [InlineData("fa", "بمدرسه", "بمدرسه")]
    [InlineData("xx", "Some WORDS", "some words")]
    public void Terms_Text_AreLowerCasedStemmedAndWithoutStopWords(string language, string text, string terms) =>
        Terms(text, language).ShouldBe(terms);

    [Theory]
    [InlineData("TR-2024-117", "tr-2024-117 tr 2024 117")]
    [InlineData("ISO27001", "iso27001 iso 27001")]
    [InlineData("(INV/2024#7),", "inv/2024#7 inv 2024 7")]
    [InlineData("3.14 and 1,234.56 or 1000", "3.14 1,234.56 1000")]
    [InlineData("max_retry_count", "max_retry_count max retry count")]
    [InlineData("TR–2024–117", "tr-2024-117 tr 2024 117")]
    [InlineData("--x-- a//b -7- ...", "x b 7")]
    public void Terms_Codes_AreKeptWholeBesideTheirParts(string text, string terms) =>
        Terms(text, "en").ShouldBe(terms);

    [Theory]
    [InlineData("ｆｕｌｌ　ｗｉｄｔｈ１２", "full width12")]
    [InlineData("ﬁle oﬃce", "file office")]
    [InlineData("re\u0301sume\u0301", "résumé")]
    [InlineData("co\u00ADoperate zero\u200Bwidth", "cooperate zerowidth")]
    [InlineData("٢٠٢٤ ２０２４", "2024 2024")]
    [InlineData("résumé naïve", "resume naive")]
    [InlineData("don’t", "don't")]
    public void Terms_FormsOfTheSame_AreOne(string text, string same) =>
        Terms(text, "en").ShouldBe(Terms(same, "en"));

    [Theory]
    [InlineData("и\u0306", "ru", "й")]
    [InlineData("か\u3099き", "ja", "がき")]
    [InlineData("Mu\u0308ller", "de", "Müller")]
    public void Terms_CombiningMarks_AreJoined(string text, string language, string same) =>
        Terms(text, language).ShouldBe(Terms(same, language));

    [Fact]
    public void QuestionTerms_OtherLanguage_LeavesOutTheQuestionsOwnStopWords()
    {
        _analysis.QuestionTerms("Wie hoch ist das Budget von SAP?", "en").ShouldBe(["hoch", "budget", "sap"]);
        _analysis.QuestionTerms("What is the Budget of IT-7 was?", "de").ShouldBe(["budget", "it-7", "it", "7"]);
    }

    [Fact]
    public void Terms_AnyText_NeverThrowsAndGivesNoEmptyTerm() =>
        Check.Sample(
            Gen.Select(Gen.String, Gen.Int[0, Languages.Length - 1].Select(i => Languages[i])),
            (text, language) => _analysis.Terms(text, language).All(term => term.Length > 0) && _analysis.DetectLanguage(text).Length > 0);

    [Fact]
    public void Terms_ManyThreads_GiveTheSame()
    {
        var expected = Terms("The employees were running 10-K reports", "en");
        Parallel.For(0, 200, _ => Terms("The employees were running 10-K reports", "en").ShouldBe(expected));
    }

    private string Terms(string text, string language) => string.Join(' ', _analysis.Terms(text, language));
}
