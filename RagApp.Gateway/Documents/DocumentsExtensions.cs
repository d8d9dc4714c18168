using RagApp.ServiceDefaults;

namespace RagApp.Gateway.Documents;

internal static class DocumentsExtensions
{
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<UploadOptions>().ValidateDataAnnotations()
            .BindConfiguration(UploadOptions.Section);
        return services.AddDocumentClient();
    }
}
