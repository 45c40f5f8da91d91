using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Huoma.Server.Platform.Data;

/// <summary>The one database: PostgreSQL when <c>ConnectionStrings:Postgres</c> is set, else an SQLite file in the data directory.</summary>
internal sealed class Database(DbDataSource source, bool isPostgres) : IDisposable
{
    public bool IsPostgres { get; } = isPostgres;

    public string ConnectionString => source.ConnectionString;

    public static Database Create(IServiceProvider services)
    {
        var postgres = services.GetRequiredService<IConfiguration>().GetConnectionString("Postgres");
        if (!string.IsNullOrWhiteSpace(postgres))
        {
            return new Database(CreatePostgres(postgres, services.GetRequiredService<ILoggerFactory>()), isPostgres: true);
        }

        var directory = services.GetRequiredService<IOptions<HuomaOptions>>().Value.DataDirectory;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartRefusedException($"Huoma:DataDirectory: can not create {directory}: {exception.Message}", exception);
        }

        var sqlite = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "huoma.db"), ForeignKeys = true, DefaultTimeout = 10 };
        return new Database(SqliteFactory.Instance.CreateDataSource(sqlite.ToString()), isPostgres: false);
    }

    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        var connection = source.CreateConnection();
        await connection.OpenAsync(ct);
        if (!IsPostgres)
        {
            SqliteWaiting.Apply(connection);
        }

        return connection;
    }

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsPostgres)
        {
            options.UseNpgsql(source);
        }
        else
        {
            options.UseSqlite(source.ConnectionString).AddInterceptors(new SqliteWaiting());
        }
    }

    public void Dispose() => source.Dispose();

    private static NpgsqlDataSource CreatePostgres(string connectionString, ILoggerFactory logs)
    {
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connectionString);
            builder.UseLoggerFactory(logs);
            builder.ConnectionStringBuilder.ApplicationName ??= "Huoma";
            return builder.Build();
        }
        catch (ArgumentException exception)
        {
            throw new StartRefusedException($"ConnectionStrings:Postgres is not a connection string: {exception.Message}", exception);
        }
    }
}
