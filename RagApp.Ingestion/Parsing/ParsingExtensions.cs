using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.LegacyOffice;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Ingestion.Parsing.Sandbox;

namespace RagApp.Ingestion.Parsing;

internal static class ParsingExtensions
{
    public static IServiceCollection AddParsing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ParserOptions>().ValidateDataAnnotations().BindConfiguration(ParserOptions.Section);
        services.AddSingleton<IValidateOptions<ParserOptions>, FormatLimitsValidator>();
        services.AddHostedService<SandboxReport>();
        services.AddSingleton<ParserLauncher>();
        services.AddSingleton<ParserPool>();
        services.AddSingleton<LibreOffice>();
        services.AddHttpClient(UnstructuredClient.Client, client => client.Timeout = Timeout.InfiniteTimeSpan);
        services.AddSingleton<UnstructuredClient>();
        services.AddSingleton<LegacyOfficeReader>();
        services.AddMetrics().AddSingleton<Telemetry>();
        services.AddSingleton<ChildProcessParser>();
        services.AddSingleton<IDocumentParser>(provider => provider.GetRequiredService<ChildProcessParser>());
        services.AddSingleton<IMemberReader, ChildMemberReader>();
        return services;
    }
}
