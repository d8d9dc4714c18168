namespace RagApp.Gateway.Audit;

internal static class AuditingExtensions
{
    public static IServiceCollection AddRequestAudit(this IServiceCollection services) =>
        services.AddSingleton<RequestAudit>().AddHostedService(provider => provider.GetRequiredService<RequestAudit>());
}
