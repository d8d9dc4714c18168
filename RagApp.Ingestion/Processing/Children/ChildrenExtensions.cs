using RagApp.Ingestion.Processing.Changes;

namespace RagApp.Ingestion.Processing.Children;

internal static class ChildrenExtensions
{
    public static IServiceCollection AddChildren(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MembersOptions>().ValidateDataAnnotations().BindConfiguration(MembersOptions.Section);
        services.AddSingleton<DocumentTrees>();
        services.AddSingleton<ChildGuard>();
        services.AddSingleton<ChildPaths>();
        services.AddSingleton<ChildIntake>();
        services.AddSingleton<DocumentChildren>();
        return services;
    }
}
