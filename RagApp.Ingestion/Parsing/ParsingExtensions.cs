namespace RagApp.Ingestion.Parsing;

internal static class ParsingExtensions
{
    public static IServiceCollection AddParsing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ParserOptions, ParserOptionsValidator>().BindConfiguration(ParserOptions.Section);
        services.AddSingleton<ParserLauncher>();
        services.AddSingleton<IDocumentParser, ChildProcessParser>();
        return services;
    }
}
