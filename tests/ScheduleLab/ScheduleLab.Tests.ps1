# What systemd and cron themselves make of what is handed to them. Run by schedule-lab.sh, which starts both.

BeforeDiscovery {
    $intervals = 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60 | ForEach-Object { @{ Minutes = $_ } }
}

BeforeAll {
    Set-StrictMode -Version Latest
    . (Join-Path $PSScriptRoot '../Pester/Common.ps1')
    Import-TestedModule
    $server = Get-SharedServer
    if (-not $env:SCHEDULE_LAB_DATA) {
        throw 'There is no laboratory: run schedule-lab.sh.'
    }

    # Both schedulers work by the minute; the machine may be slow.
    $limit = [timespan]::FromSeconds(150)

    # A store whose path holds what the languages on the way give a meaning.
    function New-OddStore {
        param([string] $Name)
        $folder = Join-Path (Get-PSDrive -Name TestDrive).Root "$Name 100% `$HOME `"it's`" $([char]0xFC)"
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $env:ORCHESTRATOR_CONNECTOR_STATE = "$folder/state.db"
        $env:ORCHESTRATOR_CONNECTOR_STATE
    }

    function Add-DueConnector {
        param([string] $ServiceUrl = $server.Atom)
        $null = New-OrchestratorConnector -Name Due -ServiceUrl $ServiceUrl -Protocol Atom -Folder '\Exchange' -Every 01:00:00 -SkipTest
    }

    # Registers, and stops the timer, so that no full hour comes between.
    function Register-Stopped {
        $name = (Register-OrchestratorConnectorSchedule -Every 01:00:00).Name
        systemctl --user stop "$name.timer"
        $name
    }

    # Looks until something is so. Nothing tells of a change in the store of another process.
    function Wait-Until {
        param([scriptblock] $IsSo, [string] $What)
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $IsSo)) {
            if ($watch.Elapsed -gt $limit) {
                throw "$What did not happen within $limit."
            }
            Start-Sleep -Milliseconds 250
        }
    }

    function Get-RunCount {
        param([string] $StatePath)
        @(Get-OrchestratorConnectorHistory -StatePath $StatePath).Count
    }

    # Both wait for their minute at the same time.
    $byTimer = New-OddStore 'timer'
    Add-DueConnector
    $timer = Register-OrchestratorConnectorSchedule -Every 00:01:00 -StatePath $byTimer
    $byCron = New-OddStore 'cron'
    Add-DueConnector
    $line = Register-OrchestratorConnectorSchedule -Every 00:01:00 -Scheduler Cron -StatePath $byCron
    $units = Join-Path $env:XDG_CONFIG_HOME 'systemd/user'
}

Describe 'systemd' {
    It 'is what Auto takes' {
        "$($timer.Scheduler)" | Should -Be 'Systemd'
        $timer.Enabled | Should -BeTrue
        $timer.StatePath | Should -Be $byTimer
        $timer.NextRunTime | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        $timer.NextRunTime | Should -BeLessOrEqual (Get-Date).AddSeconds(61)
    }

    It 'finds nothing to complain about in the units' {
        $said = systemd-analyze verify --user "$units/$($timer.Name).service" "$units/$($timer.Name).timer" 2>&1
        $LASTEXITCODE | Should -Be 0
        @($said) -match [regex]::Escape($timer.Name) | Should -BeNullOrEmpty
    }

    It 'knows the times of a timer of <Minutes> minutes' -ForEach $intervals {
        $store = Join-Path (Get-PSDrive -Name TestDrive).Root 'calendar.db'
        $text = (Register-OrchestratorConnectorSchedule -Every ([timespan]::FromMinutes($Minutes)) -StatePath $store).Text
        $calendar = [regex]::Match($text, '(?m)^OnCalendar=(.*)$').Groups[1].Value
        $env:TZ = 'UTC'
        $times = @(systemd-analyze calendar --iterations 3 $calendar) -match '^\s*(Next elapse|Iteration #\d|Iter\. #\d):' | ForEach-Object { [datetime]::ParseExact([regex]::Match($_, '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d').Value, 'yyyy-MM-dd HH:mm:ss', [cultureinfo]::InvariantCulture) }
        $env:TZ = $null
        $times.Count | Should -Be 3
        ($times[1] - $times[0]).TotalMinutes | Should -Be $Minutes
        ($times[2] - $times[1]).TotalMinutes | Should -Be $Minutes
        $times[0].TimeOfDay.TotalMinutes % $Minutes | Should -Be 0
    }

    It 'synchronizes what is due, by its timer and of itself' {
        Wait-Until { (Get-RunCount $byTimer) -gt 0 -and "$((Get-OrchestratorConnector Due -StatePath $byTimer).Status)" -ne 'Running' } 'A run by the timer'
        "$((Get-OrchestratorConnector Due -StatePath $byTimer).Status)" | Should -Be 'FinishedSuccess'
        Wait-Until { $null -ne (Get-OrchestratorConnectorSchedule -StatePath $byTimer).LastRunTime } 'A time of the run'
        $schedule = Get-OrchestratorConnectorSchedule -StatePath $byTimer
        $schedule.LastRunTime | Should -BeGreaterThan (Get-Date).AddMinutes(-5)
        $schedule.LastResult | Should -Be 0
    }

    It 'is told when a synchronization failed, and tells it' {
        $null = New-OddStore 'failing'
        $name = Register-Stopped
        Add-DueConnector "http://127.0.0.1:$(Get-ClosedPort)"
        systemctl --user start "$name.service" 2>&1 | Out-Null
        $LASTEXITCODE | Should -Not -Be 0
        (systemctl --user show "$name.service" --property=ExecMainStatus) | Should -Be 'ExecMainStatus=1'
        "$((Get-OrchestratorConnector Due).Status)" | Should -Be 'FinishedWithError'
    }

    It 'leaves a timer alone that is registered so already' {
        $before = systemctl --user show "$($timer.Name).timer" --property=ActiveEnterTimestampMonotonic
        $said = @(Register-OrchestratorConnectorSchedule -Every 00:01:00 -StatePath $byTimer -Verbose 4>&1)
        "$said" | Should -BeLike '*nothing was changed*'
        systemctl --user show "$($timer.Name).timer" --property=ActiveEnterTimestampMonotonic | Should -Be $before
    }

    It 'makes up once for all that was missed while the machine was off' {
        $store = New-OddStore 'missed'
        $name = Register-Stopped
        Add-DueConnector
        Get-RunCount $store | Should -Be 0
        $stamp = Join-Path $env:SCHEDULE_LAB_DATA "systemd/timers/stamp-$name.timer"
        [System.IO.File]::WriteAllText($stamp, '')
        [System.IO.File]::SetLastWriteTimeUtc($stamp, [datetime]::UtcNow.AddDays(-3))
        systemctl --user start "$name.timer"
        Wait-Until { (Get-RunCount $store) -gt 0 -and (systemctl --user show "$name.service" --property=ActiveState) -eq 'ActiveState=inactive' } 'What was missed'
        "$((Get-OrchestratorConnector Due).Status)" | Should -Be 'FinishedSuccess'
        [System.IO.File]::GetLastWriteTimeUtc($stamp) | Should -BeGreaterThan ([datetime]::UtcNow.AddHours(-1))
        Get-RunCount $store | Should -Be 1
    }

    It 'knows nothing any more of what was unregistered' {
        Unregister-OrchestratorConnectorSchedule -StatePath $byTimer
        Get-OrchestratorConnectorSchedule -StatePath $byTimer | Should -BeNullOrEmpty
        (systemctl --user show "$($timer.Name).timer" --property=LoadState) | Should -Be 'LoadState=not-found'
        @(Get-ChildItem -LiteralPath $units -Recurse | Where-Object Name -Like "$($timer.Name)*") | Should -BeNullOrEmpty
    }
}

Describe 'cron' {
    It 'has taken the line' {
        "$($line.Scheduler)" | Should -Be 'Cron'
        ((crontab -l) -join "`n") + "`n" | Should -Be $line.Text
    }

    It 'synchronizes what is due, of itself' {
        Wait-Until { (Get-RunCount $byCron) -gt 0 -and "$((Get-OrchestratorConnector Due -StatePath $byCron).Status)" -ne 'Running' } 'A run by cron'
        "$((Get-OrchestratorConnector Due -StatePath $byCron).Status)" | Should -Be 'FinishedSuccess'
    }

    It 'keeps what is somebody''s own, and gives up to systemd what that is to do' {
        $own = "# mine`n30 1 * * * true`n"
        $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'crontab'
        [System.IO.File]::WriteAllText($file, $own + $line.Text)
        crontab $file
        Unregister-OrchestratorConnectorSchedule -StatePath $byCron
        ((crontab -l) -join "`n") + "`n" | Should -Be $own
        $null = Register-OrchestratorConnectorSchedule -Scheduler Cron -StatePath $byCron
        "$((Register-OrchestratorConnectorSchedule -StatePath $byCron).Scheduler)" | Should -Be 'Systemd'
        ((crontab -l) -join "`n") + "`n" | Should -Be $own
    }
}
