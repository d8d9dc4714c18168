using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Control;

public static class ControlRecordsExtensions
{
    /// <summary>Registers <see cref="ControlRecords"/>, in the bucket or folder of the documents.</summary>
    public static IServiceCollection AddControlRecords(this IServiceCollection services)
    {
        services.AddBlobStore();
        services.TryAddSingleton<ControlRecords>();
        return services;
    }
}
