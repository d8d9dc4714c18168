using RagApp.Query.Routing;
using RagApp.Contracts.Search;

namespace RagApp.Tests.Query;

/// <summary>Small talk is answered without a search; above all, real questions are not mistaken for small talk.</summary>
public sealed class SmallTalkTests
{
    private static readonly SmallTalk Talk = new(new Languages());

    [Theory]
    [InlineData("Hello!", "Hello!")]
    [InlineData("good morning everyone", "Hello!")]
    [InlineData("Guten Tag", "Hallo! Stellen")]
    [InlineData("Bonjour à tous !", "Bonjour")]
    [InlineData("¡Hola! ¿Qué tal?", "¡Hola!")]
    [InlineData("Buongiorno", "Ciao!")]
    [InlineData("Olá, tudo bem?", "Olá!")]
    [InlineData("Goedemorgen", "Hallo! Stel me")]
    [InlineData("Здравствуйте!", "Здравствуйте!")]
    [InlineData("你好！", "您好")]
    [InlineData("السلام عليكم ورحمة الله وبركاته", "مرحباً")]
    [InlineData("Merhaba, nasılsın?", "Merhaba!")]
    [InlineData("Dzień dobry", "Dzień dobry!")]
    [InlineData("thanks a lot, that was helpful 👍", "You're welcome")]
    [InlineData("Vielen Dank!", "Gern geschehen")]
    [InlineData("谢谢你的帮助", "不客气")]
    [InlineData("Teşekkür ederim", "Rica ederim")]
    [InlineData("Hasta mañana", "¡Hasta luego!")]
    [InlineData("do widzenia", "Do widzenia!")]
    public void Answer_SmallTalk_RepliesInItsLanguage(string said, string reply)
    {
        var answer = Talk.Answer(said).ShouldNotBeNull();

        answer.Route.ShouldBe(SearchRoute.SmallTalk);
        answer.Reply.ShouldStartWith(reply);
    }

    [Theory]
    [InlineData("Hello, what can you do for me?", "I find passages")]
    [InlineData("HELP", "I find passages")]
    [InlineData("Hallo, was kannst du alles?", "Ich finde Stellen")]
    [InlineData("Qui êtes-vous ?", "Je trouve")]
    [InlineData("¿Quién eres?", "Encuentro")]
    [InlineData("Che cosa sai fare?", "Trovo")]
    [InlineData("O que você pode fazer por mim?", "Encontro")]
    [InlineData("Wat kun je voor mij doen?", "Ik vind")]
    [InlineData("Привет, что ты умеешь?", "Я нахожу")]
    [InlineData("你能为我做什么？", "我在贵组织")]
    [InlineData("من أنت؟", "أجد")]
    [InlineData("Neler yapabilirsin?", "Kuruluşunuzun")]
    [InlineData("Co potrafisz?", "Znajduję")]
    public void Answer_RequestForHelp_SaysWhatThereIs(string said, string reply)
    {
        var answer = Talk.Answer(said).ShouldNotBeNull();

        answer.Route.ShouldBe(SearchRoute.Help);
        answer.Reply.ShouldStartWith(reply);
    }

    [Theory]
    [InlineData("hello world program requirements")]
    [InlineData("thank you page design")]
    [InlineData("help desk opening hours")]
    [InlineData("Who are you supposed to call when the alarm goes off?")]
    [InlineData("what can you do about mould")]
    [InlineData("goodbye party budget")]
    [InlineData("good morning routine")]
    [InlineData("please")]
    [InlineData("ok")]
    [InlineData("Danke-Karten bestellen")]
    [InlineData("帮助中心的电话是多少？")]
    [InlineData("👋")]
    [InlineData("?")]
    public void Answer_AnythingElse_IsNone(string question) => Talk.Answer(question).ShouldBeNull();

    [Fact]
    public void Answer_EveryPhraseOfEveryLanguage_IsKnownInThatLanguage()
    {
        var languages = new Languages();
        languages.All.Count.ShouldBe(12);
        foreach (var language in languages.All)
        {
            Talk.Answer(language.SmallTalk!.Replies.Help).ShouldBeNull($"the reply of '{language.Code}' is no small talk itself");
            var replies = language.SmallTalk!.Replies;
            new[] { replies.Greeting, replies.Thanks, replies.Goodbye, replies.Help, replies.OutOfScope }
                .Distinct().Count().ShouldBe(5, language.Code);
        }
    }

    [Fact]
    public void Answer_QuestionsOfTheCorpora_NoneIsSmallTalk()
    {
        var questions = CorpusQuestions.Sample();
        Assert.SkipWhen(questions.Count == 0, "The development corpus is not beside the checkout.");

        questions.Count.ShouldBeGreaterThan(2_000);
        questions.Where(question => Talk.Answer(question) is not null).ShouldBeEmpty();
    }
}
