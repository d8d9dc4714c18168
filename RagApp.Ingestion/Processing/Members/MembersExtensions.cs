namespace RagApp.Ingestion.Processing.Members;

internal static class MembersExtensions
{
    public static IServiceCollection AddMembers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MembersOptions>().ValidateDataAnnotations().BindConfiguration(MembersOptions.Section);
        services.AddSingleton<DocumentTrees>();
        services.AddSingleton<MemberGuard>();
        services.AddSingleton<MemberPaths>();
        services.AddSingleton<MemberIntake>();
        services.AddSingleton<DocumentMembers>();
        return services;
    }
}
