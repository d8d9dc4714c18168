using System.Text.Json;
using RagApp.Query.Routing;
using RagApp.Text.Languages;

namespace RagApp.Tests.Query;

/// <summary>Requests that no document can answer get a reply; above all, questions to documents are not mistaken for them.</summary>
public sealed class OutOfScopeTests
{
    private static readonly OutOfScope Requests = new(new Languages());

    [Theory]
    [InlineData("17 times 23")]
    [InlineData("What is 17 times 23?")]
    [InlineData("17*23")]
    [InlineData("Calculate (3 + 4) * 12,5")]
    [InlineData("what is 12% of 850?")]
    [InlineData("What's the square root of 144?")]
    [InlineData("Translate \"good morning\" into Italian.")]
    [InlineData("Can you translate this text to French: \"Where is the station?\"")]
    [InlineData("How do you say thank you in Japanese?")]
    [InlineData("Hi! Can you tell me a joke, please?")]
    [InlineData("Tell me a funny joke about engineers")]
    [InlineData("Write a short poem about autumn.")]
    [InlineData("Compose a haiku")]
    [InlineData("Write a Python function that reverses a list.")]
    [InlineData("please write me a program in Java that sorts numbers")]
    [InlineData("What's the weather like tomorrow?")]
    [InlineData("How is the weather today in Oslo?")]
    [InlineData("Will it rain this weekend?")]
    [InlineData("What time is it right now?")]
    [InlineData("What is today's date?")]
    [InlineData("what day is it")]
    [InlineData("Who won the football match yesterday?")]
    [InlineData("What is the share price of Acme right now?")]
    [InlineData("Book me a flight to Paris for next Friday.")]
    [InlineData("Could you order me a pizza?")]
    [InlineData("Set an alarm for 7 am")]
    public void ReplyTo_RequestInEnglish_SaysWhatThereIs(string request) =>
        Requests.ReplyTo(request).ShouldNotBeNull().ShouldStartWith("I can't help with that");

    [Theory]
    [InlineData("Was ist 17 mal 23?", "Dabei")]
    [InlineData("Wie viel sind 15 Prozent von 240?", "Dabei")]
    [InlineData("Übersetze „guten Morgen“ ins Italienische.", "Dabei")]
    [InlineData("Kannst du mir bitte einen Witz erzählen?", "Dabei")]
    [InlineData("Schreib mir ein Gedicht über den Herbst", "Dabei")]
    [InlineData("Schreibe eine Python-Funktion, die eine Liste umdreht.", "Dabei")]
    [InlineData("Wie wird das Wetter morgen?", "Dabei")]
    [InlineData("Wie spät ist es?", "Dabei")]
    [InlineData("Welcher Tag ist heute?", "Dabei")]
    [InlineData("Wer hat gestern gewonnen?", "Dabei")]
    [InlineData("Buche mir einen Flug nach Paris.", "Dabei")]
    [InlineData("Combien font 17 fois 23 ?", "Je ne peux pas")]
    [InlineData("Traduis « bonjour » en italien", "Je ne peux pas")]
    [InlineData("Raconte-moi une blague !", "Je ne peux pas")]
    [InlineData("Écris un poème sur l'automne", "Je ne peux pas")]
    [InlineData("Quel temps fera-t-il demain ?", "Je ne peux pas")]
    [InlineData("Quelle heure est-il ?", "Je ne peux pas")]
    [InlineData("Qui a gagné hier soir ?", "Je ne peux pas")]
    [InlineData("Réserve-moi un vol pour Paris", "Je ne peux pas")]
    [InlineData("¿Cuánto es 17 por 23?", "No puedo")]
    [InlineData("Traduce «buenos días» al italiano", "No puedo")]
    [InlineData("Cuéntame un chiste", "No puedo")]
    [InlineData("Escribe un poema corto sobre el otoño", "No puedo")]
    [InlineData("¿Qué tiempo hará mañana?", "No puedo")]
    [InlineData("¿Qué hora es?", "No puedo")]
    [InlineData("¿Quién ganó el partido de ayer?", "No puedo")]
    [InlineData("Resérvame un vuelo a París", "No puedo")]
    [InlineData("Quanto fa 17 per 23?", "Non posso")]
    [InlineData("Traduci \"buongiorno\" in inglese", "Non posso")]
    [InlineData("Raccontami una barzelletta", "Non posso")]
    [InlineData("Scrivi una poesia sull'autunno", "Non posso")]
    [InlineData("Che tempo farà domani?", "Non posso")]
    [InlineData("Che ore sono?", "Non posso")]
    [InlineData("Prenotami un volo per Parigi", "Non posso")]
    [InlineData("Quanto é 17 vezes 23?", "Não posso")]
    [InlineData("Traduza \"bom dia\" para inglês", "Não posso")]
    [InlineData("Conte uma piada", "Não posso")]
    [InlineData("Escreva um poema sobre o outono", "Não posso")]
    [InlineData("Como vai estar o tempo amanhã?", "Não posso")]
    [InlineData("Que horas são?", "Não posso")]
    [InlineData("Hoeveel is 17 keer 23?", "Daar kan")]
    [InlineData("Vertaal \"goedemorgen\" naar het Italiaans", "Daar kan")]
    [InlineData("Vertel een mop", "Daar kan")]
    [InlineData("Schrijf een gedicht over de herfst", "Daar kan")]
    [InlineData("Wat voor weer wordt het morgen?", "Daar kan")]
    [InlineData("Hoe laat is het?", "Daar kan")]
    [InlineData("Сколько будет 17 умножить на 23?", "С этим")]
    [InlineData("Переведи «доброе утро» на итальянский", "С этим")]
    [InlineData("Расскажи анекдот", "С этим")]
    [InlineData("Напиши стихотворение про осень", "С этим")]
    [InlineData("Какая завтра погода?", "С этим")]
    [InlineData("Сколько времени?", "С этим")]
    [InlineData("Кто вчера выиграл?", "С этим")]
    [InlineData("Забронируй мне билет до Парижа", "С этим")]
    [InlineData("17乘以23等于多少？", "这个我")]
    [InlineData("请把“早上好”翻译成意大利语", "这个我")]
    [InlineData("讲个笑话", "这个我")]
    [InlineData("写一首关于秋天的诗", "这个我")]
    [InlineData("明天天气怎么样？", "这个我")]
    [InlineData("现在几点了？", "这个我")]
    [InlineData("帮我订一张去巴黎的机票", "这个我")]
    [InlineData("كم يساوي 17 ضرب 23؟", "لا أستطيع")]
    [InlineData("ترجم \"صباح الخير\" إلى الإيطالية", "لا أستطيع")]
    [InlineData("احك لي نكتة", "لا أستطيع")]
    [InlineData("اكتب قصيدة عن الخريف", "لا أستطيع")]
    [InlineData("كيف الطقس غدا؟", "لا أستطيع")]
    [InlineData("كم الساعة الآن؟", "لا أستطيع")]
    [InlineData("17 çarpı 23 kaç eder?", "Bu konuda")]
    [InlineData("\"Günaydın\" İtalyancaya çevir", "Bu konuda")]
    [InlineData("Bana bir fıkra anlat", "Bu konuda")]
    [InlineData("Sonbahar hakkında kısa bir şiir yaz", "Bu konuda")]
    [InlineData("Yarın hava nasıl olacak?", "Bu konuda")]
    [InlineData("Saat kaç?", "Bu konuda")]
    [InlineData("Ile to jest 17 razy 23?", "W tym")]
    [InlineData("Przetłumacz „dzień dobry” na włoski", "W tym")]
    [InlineData("Opowiedz mi dowcip", "W tym")]
    [InlineData("Napisz wiersz o jesieni", "W tym")]
    [InlineData("Jaka będzie jutro pogoda?", "W tym")]
    [InlineData("Która jest godzina?", "W tym")]
    public void ReplyTo_Request_RepliesInItsLanguage(string request, string reply) =>
        Requests.ReplyTo(request).ShouldNotBeNull().ShouldStartWith(reply);

    [Theory]
    [InlineData("What was the weather during the experiment?")]
    [InlineData("What is the weather like in Kenya?")]
    [InlineData("weather")]
    [InlineData("How is the travel time reimbursed?")]
    [InlineData("Who translates documents into German?")]
    [InlineData("translate")]
    [InlineData("Where do I get a certificate translated into English?")]
    [InlineData("What is the price of the service contract?")]
    [InlineData("What is the share price used for the option plan?")]
    [InlineData("write-off")]
    [InlineData("Write off bad debts")]
    [InlineData("How do I write a function specification?")]
    [InlineData("write a training program for new employees")]
    [InlineData("Who won the contract in 2022?")]
    [InlineData("Book a flight")]
    [InlineData("How do I book a flight to Paris?")]
    [InlineData("book a meeting room")]
    [InlineData("Tell me a joke. How many days of leave do I have?")]
    [InlineData("Remind me what the travel policy says about taxis")]
    [InlineData("What time is the meeting?")]
    [InlineData("What date is the summit?")]
    [InlineData("What is the date?")]
    [InlineData("What is 24/7 support?")]
    [InlineData("2019 - 2020")]
    [InlineData("555-1234")]
    [InlineData("800 x 600")]
    [InlineData("What is 17?")]
    [InlineData("poem about autumn")]
    [InlineData("Was kostet ein Flug?")]
    [InlineData("Wie war das Wetter bei der Regatta?")]
    [InlineData("Wie wird die Arbeitszeit erfasst?")]
    [InlineData("Wer übersetzt Verträge ins Englische?")]
    [InlineData("Quel temps de trajet est remboursé ?")]
    [InlineData("¿Cuánto tiempo hace falta para el permiso?")]
    [InlineData("¿Qué tiempo de espera hay?")]
    [InlineData("Сколько времени хранятся счета?")]
    [InlineData("天气对比赛有什么影响？")]
    [InlineData("Hava yolu ile seyahat")]
    [InlineData("Who wrote the joke about the lawyer?")]
    [InlineData("")]
    [InlineData("please")]
    [InlineData("?")]
    public void ReplyTo_AnythingElse_IsNone(string question) => Requests.ReplyTo(question).ShouldBeNull();

    [Fact]
    public void ReplyTo_QuestionsOfTheCorpora_NoneIsOutOfScope()
    {
        var questions = CorpusQuestions.Sample();
        Assert.SkipWhen(questions.Count == 0, "The development corpus is not beside the checkout.");

        questions.Where(question => Requests.ReplyTo(question) is not null).ShouldBeEmpty();
    }

    [Fact]
    public void ReplyTo_QuestionsOfTheWorkspace_OnlyThoseToNoDocumentAreOutOfScope()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The development corpus is not beside the checkout.");
        var questions = File.ReadLines(Path.Combine(Repository.Corpus!, "workspace", "questions.jsonl")).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (Kind: json.RootElement.GetProperty("kind").GetString()!, Text: json.RootElement.GetProperty("question").GetString()!);
        }).ToList();

        var replied = questions.Where(question => Requests.ReplyTo(question.Text) is not null).ToList();

        replied.ShouldAllBe(question => question.Kind == "unanswerable-general");
        replied.Count.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public void OutOfScope_EveryPatternOfEveryLanguage_MatchesNoEmptyMessage()
    {
        foreach (var phrases in Language.All.Select(language => language.SmallTalk).OfType<SmallTalkPhrases>())
            phrases.OutOfScope.ShouldAllBe(pattern => !System.Text.RegularExpressions.Regex.IsMatch("", $@"\A(?:{pattern})\z", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
