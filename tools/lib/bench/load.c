#include "load.h"

#include "plan.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct load {
    size_t count;
    atomic_size_t next;
    work *work;
    uint64_t *latencies_ns;
    pthread_barrier_t start;
};

struct client {
    void *client;
    struct load *load;
};

uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void *serve(void *argument) {
    struct client *own = argument;
    struct load *load = own->load;
    pthread_barrier_wait(&load->start);
    for (size_t index; (index = atomic_fetch_add(&load->next, 1)) < load->count;) {
        uint64_t began = now_ns();
        load->work(own->client, index);
        load->latencies_ns[index] = now_ns() - began;
    }
    return NULL;
}

static void print(const struct load *load, uint64_t wall_ns) {
    printf("%" PRIu64 "\n", wall_ns);
    for (size_t index = 0; index < load->count; index++) printf("%" PRIu64 "\n", load->latencies_ns[index]);
}

void drive(void *const clients[], size_t clients_count, size_t count, work *work) {
    struct load load = {.count = count, .work = work, .latencies_ns = calloc(count, sizeof(uint64_t))};
    struct client *own = calloc(clients_count, sizeof *own);
    pthread_t *threads = calloc(clients_count, sizeof *threads);
    if (load.latencies_ns == NULL || own == NULL || threads == NULL) fail("out of memory");
    pthread_barrier_init(&load.start, NULL, (unsigned)clients_count + 1);
    for (size_t index = 0; index < clients_count; index++) {
        own[index] = (struct client){.client = clients[index], .load = &load};
        if (pthread_create(&threads[index], NULL, serve, &own[index]) != 0) fail("no thread can be made");
    }
    uint64_t began = now_ns();
    pthread_barrier_wait(&load.start);
    for (size_t index = 0; index < clients_count; index++) pthread_join(threads[index], NULL);
    print(&load, now_ns() - began);
    pthread_barrier_destroy(&load.start);
    free(load.latencies_ns);
    free(own);
    free(threads);
}
