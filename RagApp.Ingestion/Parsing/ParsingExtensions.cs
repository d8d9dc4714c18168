using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Parsing;

internal static class ParsingExtensions
{
    public static IServiceCollection AddParsing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ParserOptions, ParserOptionsValidator>().BindConfiguration(ParserOptions.Section);
        services.AddSingleton<ParserLauncher>();
        services.AddSingleton<IDocumentParser, ChildProcessParser>();
        services.AddSingleton<IMemberReader, ChildMemberReader>();
        return services;
    }
}
