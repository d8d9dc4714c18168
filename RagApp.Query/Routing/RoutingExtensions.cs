using RagApp.Text.Analysis;

namespace RagApp.Query.Routing;

internal static class RoutingExtensions
{
    public static IServiceCollection AddQuestionRouting(this IServiceCollection services) => services
        .AddTextAnalysis()
        .AddSingleton<Languages>()
        .AddSingleton<SmallTalk>()
        .AddSingleton<OutOfScope>()
        .AddSingleton<Router>()
        .AddSingleton<QuestionFilters>()
        .AddSingleton<UnknownWords>();
}
