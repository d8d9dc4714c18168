using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Control;
using RagApp.Text.Analysis;

namespace RagApp.Query.Glossaries;

internal static class GlossaryExtensions
{
    public static IServiceCollection AddGlossaries(this IServiceCollection services)
    {
        services.AddControlRecords().AddTextAnalysis();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GlossaryStore>();
        return services;
    }
}
