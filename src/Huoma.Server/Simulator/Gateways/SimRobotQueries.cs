using Dapper;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Simulator.Gateways;

/// <summary>A robot whose platform is the simulator.</summary>
/// <param name="SealedToken">Opened by <see cref="SecretSeal"/>.</param>
internal sealed record SimulatedRobot(string Id, string Name, string SealedToken);

internal sealed class SimRobotQueries(Database database)
{
    /// <summary>Those that are switched on.</summary>
    public async Task<IReadOnlyList<SimulatedRobot>> ListAsync(CancellationToken ct)
    {
        const string sql = "SELECT id, name, sealed_token AS SealedToken FROM robots WHERE driver = @Driver AND enabled AND sealed_token IS NOT NULL AND deleted_at IS NULL ORDER BY id";
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, new { Driver = (int)RobotDriver.Simulator }, cancellationToken: ct));
        return [.. rows.Select(row => new SimulatedRobot(new RobotId(row.Id).ToString(), row.Name, row.SealedToken))];
    }

    private sealed record Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string SealedToken { get; init; } = "";
    }
}
