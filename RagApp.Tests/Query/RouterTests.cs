using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Search;
using RagApp.Query.Routing;

namespace RagApp.Tests.Query;

public sealed class RouterTests
{
    private static readonly Router Router =
        new ServiceCollection().AddQuestionRouting().BuildServiceProvider().GetRequiredService<Router>();

    [Theory]
    [InlineData("TR-2024-117")]
    [InlineData("ISO27001")]
    [InlineData("INV/2024#7 INV/2024#8")]
    [InlineData("TR-2024-117?")]
    [InlineData("0049301234567")]
    [InlineData("10.1.2")]
    [InlineData("alice@example.org")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("\"days of annual leave\"")]
    [InlineData("handbook \"days of annual leave\"")]
    [InlineData("„Tage Urlaub“")]
    [InlineData("«jours de congé»")]
    [InlineData("「年次休暇」")]
    [InlineData("travel-policy.pdf")]
    [InlineData("handbook/Travel policy 2024.docx")]
    public void Route_ExactLookup_IsByKeywords(string question)
    {
        var routed = Router.Route(new SearchRequest(question));

        routed.Route.ShouldBe(SearchRoute.Exact);
        routed.Mode.ShouldBe(SearchMode.Keyword);
        routed.Exact.ShouldNotBeNull();
        routed.Reply.ShouldBeNull();
    }

    [Theory]
    [InlineData("travel expenses", SearchRoute.Keywords)]
    [InlineData("18F project lead", SearchRoute.Keywords)]
    [InlineData("2019", SearchRoute.Keywords)]
    [InlineData("3.14", SearchRoute.Keywords)]
    [InlineData("Reisekosten Ausland", SearchRoute.Keywords)]
    [InlineData("when are salaries paid", SearchRoute.Question)]
    [InlineData("travel expenses?", SearchRoute.Question)]
    [InlineData("Who said \"the buck stops here\"?", SearchRoute.Question)]
    [InlineData("How do I open travel-policy.pdf", SearchRoute.Question)]
    [InlineData("Wie viele Tage Urlaub habe ich", SearchRoute.Question)]
    [InlineData("我有多少天年假", SearchRoute.Question)]
    [InlineData("كم نقطة تخلى عنها دفاع البانثرز؟", SearchRoute.Question)]
    public void Route_AnythingElse_IsByBoth(string question, SearchRoute route)
    {
        var routed = Router.Route(new SearchRequest(question));

        routed.Route.ShouldBe(route);
        routed.Mode.ShouldBe(SearchMode.Hybrid);
        routed.Exact.ShouldBeNull();
        routed.Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public void Route_OnlyStopWords_IsByMeaning() =>
        Router.Route(new SearchRequest("and there it is")).Mode.ShouldBe(SearchMode.Semantic);

    [Theory]
    [InlineData("hello")]
    [InlineData("TR-2024-117")]
    [InlineData("when are salaries paid")]
    public void Route_ModeOfTheCaller_Wins(string question)
    {
        var routed = Router.Route(new SearchRequest(question, Mode: SearchMode.Semantic));

        routed.Mode.ShouldBe(SearchMode.Semantic);
        routed.Reply.ShouldBeNull();
        routed.Exact.ShouldBeNull();
        routed.Reason.ShouldContain("asked for");
    }

    [Fact]
    public void Route_QuestionsOfTheCorpora_AreSearchedByBoth()
    {
        var questions = CorpusQuestions.Sample();
        Assert.SkipWhen(questions.Count == 0, "The development corpus is not beside the checkout.");

        var others = questions.Where(question => Router.Route(new SearchRequest(question)).Mode != SearchMode.Hybrid).ToList();

        others.ShouldBeEmpty();
    }
}
