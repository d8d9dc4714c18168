using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Text.Analysis;

public static class TextAnalysisExtensions
{
    public static IServiceCollection AddTextAnalysis(this IServiceCollection services)
    {
        services.TryAddSingleton<ITextAnalysis, TextAnalysis>();
        return services;
    }
}
