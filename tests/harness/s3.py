"""OpenStack Swift, whole, in one process, in the folder that is named: its S3 face on a loopback port of its own.

One replica on one device; the proxy, account, container and object servers are those of Debian's packages. Says
`ready <port>` when it answers, and ends when what reads it ends.
"""
import os
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from paste.deploy import loadapp  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402

folder, key_id, secret = sys.argv[1:4]
BACKENDS = ('account', 'container', 'object')

with open(os.path.join(folder, 'swift.conf'), 'w') as conf:
    conf.write('[swift-hash]\nswift_hash_path_suffix = vigie\n[storage-policy:0]\nname = one\ndefault = yes\n')
utils.set_swift_dir(folder)


def configured(kind, text):
    path = os.path.join(folder, kind + '.conf')
    with open(path, 'w') as conf:
        conf.write('[DEFAULT]\nswift_dir = %s\ndevices = %s\nmount_check = false\nlog_level = ERROR\n%s'
                   % (folder, folder, text))
    return 'config:' + path


class Cache:
    """What memcached would be for one process: what is known of accounts and containers."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        return self.kept.get(key)

    def set(self, key, value, **_):
        self.kept[key] = value

    def delete(self, key, **_):
        self.kept.pop(key, None)


def with_cache(app):
    cache = Cache()

    def remember(environ, start_response):
        environ['swift.cache'] = cache
        return app(environ, start_response)
    return remember


def serve(socket, app):
    eventlet.spawn(wsgi.server, socket, app, log_output=False, debug=False, socket_timeout=60)


sockets = {kind: eventlet.listen(('127.0.0.1', 0)) for kind in BACKENDS}
os.makedirs(os.path.join(folder, 'device'), exist_ok=True)
for kind, socket in sockets.items():
    ring = RingBuilder(2, 1, 1)
    ring.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': socket.getsockname()[1],
                  'device': 'device', 'weight': 1.0, 'replication_ip': '127.0.0.1',
                  'replication_port': socket.getsockname()[1], 'meta': ''})
    ring.rebalance()
    ring.get_ring().save(os.path.join(folder, kind + '.ring.gz'))

for kind, socket in sockets.items():
    serve(socket, loadapp(configured(
        kind, '[pipeline:main]\npipeline = it\n[app:it]\nuse = egg:swift#%s\n' % kind)))

FILTERS = ('catch_errors', 'gatekeeper', 'listing_formats', 's3api', 'tempauth', 'bulk', 'copy',
           'container_quotas', 'slo', 'dlo', 'versioned_writes')
face = eventlet.listen(('127.0.0.1', 0))
serve(face, with_cache(loadapp(configured('proxy', '\n'.join(
    ['[pipeline:main]', 'pipeline = %s proxy-server' % ' '.join(FILTERS),
     '[app:proxy-server]', 'use = egg:swift#proxy', 'account_autocreate = true', 'allow_account_management = true']
    + ['[filter:%s]\nuse = egg:swift#%s' % (name, name) for name in FILTERS if name not in ('s3api', 'tempauth')]
    # Parts of any size, so that tests need not send 5 MiB to have two.
    + ['[filter:s3api]', 'use = egg:swift#s3api', 'location = us-east-1', 'min_segment_size = 1',
       '[filter:tempauth]', 'use = egg:swift#tempauth', 'user_%s = %s .admin' % (key_id.replace(':', '_'), secret)])))))

print('ready %d' % face.getsockname()[1], flush=True)


def wait_for_the_end():
    # eventlet made sys.stdin its own: the descriptor itself says when who started us has gone, however that happened.
    while os.read(0, 4096):
        pass
    os._exit(0)


eventlet.patcher.original('threading').Thread(target=wait_for_the_end, daemon=True).start()
while True:
    eventlet.sleep(3600)
